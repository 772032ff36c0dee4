using System.Net;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Something that takes deliveries, in processes of its own.</summary>
internal interface IServer : IAsyncDisposable
{
    /// <summary>Where its processes listen, one or more.</summary>
    IReadOnlyList<IPEndPoint> Addresses { get; }

    /// <summary>Ids of its processes, one or more.</summary>
    IReadOnlyList<int> Processes { get; }

    /// <summary>Ids of the servers that it stands on, such as a database; their children are theirs.</summary>
    IReadOnlyList<int> Servers { get; }

    /// <summary>Events that its record has taken in since it started; 0 where it keeps no events.</summary>
    long Events { get; }

    /// <summary>Waits until all that it has accepted is where it is going to stay.</summary>
    /// <exception cref="InvalidDataException">Something is elsewhere.</exception>
    Task SettleAsync(CancellationToken cancellationToken);
}

/// <summary>What takes part in a comparison.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="KeepsRecord">Whether what it has accepted is in its record in the end.</param>
internal sealed record Contender(string Name, bool KeepsRecord, Func<CancellationToken, Task<IServer>> StartAsync);
