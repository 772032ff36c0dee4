namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What can go wrong at any moment.</summary>
internal enum WorldFault
{
    /// <summary>A commit fails and leaves nothing.</summary>
    CommitFails,

    /// <summary>A commit is done and reported as failed.</summary>
    CommitUnknown,

    /// <summary>The work of a commit is run twice.</summary>
    WorkRunTwice,

    /// <summary>The broker does not take a message, or takes it and says that it did not.</summary>
    PublishFails,

    /// <summary>A message comes twice.</summary>
    MessageTwice,

    /// <summary>A process dies after whatever it just did.</summary>
    Crash,
}

/// <summary>All chance of a world, out of one seed.</summary>
internal sealed class WorldChance(int seed, WorldTally tally)
{
    private readonly Random random = new(seed);

    /// <summary>Whether faults happen at all.</summary>
    public bool IsKind { get; set; }

    /// <summary>The last fault, for the trace.</summary>
    public Action<WorldFault> Struck { get; set; } = _ => { };

    public int Next(int max) => random.Next(max);

    public int Next(int min, int max) => random.Next(min, max);

    public bool Once(int among) => random.Next(among) == 0;

    public TimeSpan Span(TimeSpan longest) => longest * random.NextDouble();

    public void Shuffle<T>(T[] items) => random.Shuffle(items);

    /// <summary>Whether a fault happens now.</summary>
    public bool Strikes(WorldFault fault)
    {
        if (IsKind || random.Next(OneIn(fault)) != 0) return false;
        tally.Count(fault.ToString());
        Struck(fault);
        return true;
    }

    private static int OneIn(WorldFault fault) => fault switch
    {
        WorldFault.CommitFails => 200,
        WorldFault.CommitUnknown => 200,
        WorldFault.WorkRunTwice => 100,
        WorldFault.PublishFails => 500,
        WorldFault.MessageTwice => 20,
        WorldFault.Crash => 3000,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
