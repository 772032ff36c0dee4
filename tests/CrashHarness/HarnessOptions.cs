namespace IntegrationHub.CrashHarness;

/// <summary>What a run does.</summary>
internal sealed record HarnessOptions
{
    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Kills in all; 0 for the faults alone.</summary>
    public required int Kills { get; init; }

    public required int Seed { get; init; }

    /// <summary>Kills after which everything is checked; 1 or more.</summary>
    public required int CheckEvery { get; init; }

    /// <summary>How long a server stays away.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>Promised time from the end of a trouble until the hubs are ready and all is in the record.</summary>
    public required TimeSpan Recovery { get; init; }

    /// <summary>Names of faults; those that the engine can't have are left out.</summary>
    public required IReadOnlyCollection<string> Faults { get; init; }
}
