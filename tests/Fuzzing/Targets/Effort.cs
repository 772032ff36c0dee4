namespace IntegrationHub.Fuzzing.Targets;

/// <summary>Runs something within bounds of processor time and memory.</summary>
internal static class Effort
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // What is allocated in all, for each byte of the input and besides, while it is signed anew, verified, read and told twice over. What grows with the square is far beyond.
    private const int BytesForEach = 100;
    private const long BytesBesides = 256 * 1024 * 1024;

    /// <summary>What it gives, or the fault: it throws, takes long, or takes much.</summary>
    public static Outcome Measure(FuzzInput input, Func<Outcome> run)
    {
        var (outcome, spent, allocated) = Once(run);
        // Of the process, so that a busy machine does not count; it compiles and collects now and then: what is slow is slow again.
        for (var again = 0; again < 2 && spent > Longest; again++) spent = Once(run).Spent;
        if (spent > Longest) return Outcome.Broken(new Finding("takes long", $"{spent.TotalSeconds:F1} s for {input.Size} bytes"));
        if (allocated > BytesBesides + ((long)BytesForEach * input.Size)) return Outcome.Broken(new Finding("takes much memory", $"{allocated / 1024 / 1024} MiB for {input.Size} bytes"));
        return outcome;
    }

    private static (Outcome Outcome, TimeSpan Spent, long Allocated) Once(Func<Outcome> run)
    {
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        Outcome outcome;
        try
        {
            outcome = run();
        }
        catch (Exception exception)
        {
            outcome = Outcome.Broken(Finding.Of(exception));
        }
        return (outcome, Environment.CpuUsage.TotalTime - start, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
