namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What a process has to do next: the continuations of its tasks and what reaches it from outside. The world picks one at a time; a process that died does nothing more.</summary>
internal sealed class WorldThread(string name) : SynchronizationContext
{
    private readonly List<(string What, Action Act)> waiting = [];
    private readonly int home = Environment.CurrentManagedThreadId;
    private volatile bool isDead;
    private volatile bool strayed;

    public string Name => name;

    public bool IsDead => isDead;

    /// <summary>Until when nothing of it is picked.</summary>
    public TimeSpan PausedUntil { get; set; }

    public int Count => waiting.Count;

    /// <summary>Whether something came from another thread: then a run can't be repeated.</summary>
    public bool HasStrayed => strayed;

    public void Add(string what, Action act)
    {
        if (isDead) return;
        if (Environment.CurrentManagedThreadId == home) waiting.Add((what, act));
        else strayed = true;
    }

    public override void Post(SendOrPostCallback d, object? state) => Add("step", () => d(state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in the core waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Takes one of what is to do; the others may come in any order.</summary>
    public (string What, Action Act) Take(int index)
    {
        var taken = waiting[index];
        waiting[index] = waiting[^1];
        waiting.RemoveAt(waiting.Count - 1);
        return taken;
    }

    /// <summary>Does something as this process.</summary>
    public void Run(Action act)
    {
        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }

    public void Die()
    {
        isDead = true;
        waiting.Clear();
    }
}
