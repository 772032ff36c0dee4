namespace IntegrationHub.CrashHarness;

/// <summary>What happened in a run, and what was wrong. Safe from several threads.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly List<string> wrongs = [];
    private TimeSpan longestRecovery;
    private TimeSpan longestSettling;
    private int kills;
    private int pauses;
    private int restarts;
    private int slowStops;
    private int checks;
    private int acknowledged;

    public int Kills => Volatile.Read(ref kills);

    public int Lost { get; private set; }

    public int ToldTwice { get; private set; }

    public int RecordDiffers { get; private set; }

    public bool IsSound
    {
        get
        {
            lock (gate) return wrongs.Count == 0;
        }
    }

    /// <summary>Counts a kill, unless there have been enough.</summary>
    public bool TryKill(int limit)
    {
        lock (gate)
        {
            if (kills >= limit) return false;
            kills++;
            return true;
        }
    }

    public void Paused() => Interlocked.Increment(ref pauses);

    public void Restarted() => Interlocked.Increment(ref restarts);

    public void StoppedSlowly() => Interlocked.Increment(ref slowStops);

    public void Checked() => Interlocked.Increment(ref checks);

    public void Acknowledged(int count) => Interlocked.Add(ref acknowledged, count);

    /// <summary>How long it took from the start of a process until it was ready, or from the end of a fault until all was in the record.</summary>
    public void Recovered(TimeSpan after)
    {
        lock (gate) longestRecovery = after > longestRecovery ? after : longestRecovery;
    }

    /// <summary>How long it took from the last acknowledgement until all was in the record.</summary>
    public void Settled(TimeSpan after)
    {
        lock (gate) longestSettling = after > longestSettling ? after : longestSettling;
    }

    public void AddLost(int count, string what) => Wrong(count, what, () => Lost += count);

    public void AddToldTwice(int count, string what) => Wrong(count, what, () => ToldTwice += count);

    public void AddRecordDiffers(string what) => Wrong(1, what, () => RecordDiffers++);

    public void AddWrong(string what) => Wrong(1, what, () => { });

    public void Write(TextWriter output, TimeSpan elapsed)
    {
        lock (gate)
        {
            output.WriteLine($"took {elapsed.TotalSeconds:F0} s");
            output.WriteLine($"kills {kills}");
            output.WriteLine($"pauses {pauses}");
            output.WriteLine($"restarts {restarts}");
            output.WriteLine($"slow stops {slowStops}");
            output.WriteLine($"checks {checks}");
            output.WriteLine($"acknowledged {acknowledged}");
            output.WriteLine($"lost {Lost}");
            output.WriteLine($"told twice {ToldTwice}");
            output.WriteLine($"record differs {RecordDiffers}");
            output.WriteLine($"longest recovery {longestRecovery.TotalSeconds:F1} s");
            output.WriteLine($"longest settling {longestSettling.TotalSeconds:F1} s");
            foreach (var wrong in wrongs) output.WriteLine($"WRONG: {wrong}");
        }
    }

    private void Wrong(int count, string what, Action note)
    {
        if (count == 0) return;
        lock (gate)
        {
            wrongs.Add(what);
            note();
        }
    }
}
