using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Simulating;

/// <summary>What is sent, to which connection, in which order. The same plan is always the same deliveries.</summary>
internal sealed record SimulationPlan
{
    /// <summary>The connections that receive, each played by its connector's simulator.</summary>
    public required IReadOnlyList<Connection> Connections { get; init; }

    /// <summary>Deliveries in all, shared evenly by the connections.</summary>
    public required int Count { get; init; }

    /// <summary>People that they concern; the tools share them.</summary>
    public required int People { get; init; }

    public required int Seed { get; init; }

    /// <summary>Sends every delivery twice.</summary>
    public bool Twice { get; init; }

    /// <summary>Sends in an order drawn from the seed instead of by vendor time.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Sends every tenth delivery again, after a hundred others, signed anew: as vendors do that have had no answer.</summary>
    public bool Retried { get; init; }

    /// <summary>Signs the first half with the oldest secret of a list, and the rest with the first: as vendors do in the middle of a rotation.</summary>
    public bool Rotated { get; init; }

    /// <summary>How many are sent at once, before the rate allows the next; 1 for an even stream.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>The deliveries in the order of sending.</summary>
    public IReadOnlyList<(Connection Connection, SimulatedDelivery Delivery)> Deliveries()
    {
        var deliveries = Ordered();
        if (Retried) deliveries = Retry(deliveries);
        if (Rotated) deliveries = Rotate(deliveries);
        return deliveries;
    }

    /// <summary>How many deliveries are sent in all.</summary>
    public int Sent
    {
        get
        {
            var ordered = Count * (Twice ? 2 : 1);
            return Retried ? ordered + (ordered / RetriedOneIn) : ordered;
        }
    }

    private const int RetriedOneIn = 10;
    private const int RetriedAfter = 100;

    private static (Connection, SimulatedDelivery)[] Retry((Connection, SimulatedDelivery)[] deliveries) =>
    [
        .. deliveries.Select((delivery, index) => (Delivery: delivery, At: index)).Concat(deliveries.Select((delivery, index) => (Delivery: delivery, At: index + RetriedAfter)).Where(again => (again.At - RetriedAfter) % RetriedOneIn == RetriedOneIn - 1))
            .OrderBy(sent => sent.At).Select(sent => sent.Delivery),
    ];

    private static (Connection, SimulatedDelivery)[] Rotate((Connection, SimulatedDelivery)[] deliveries)
    {
        Dictionary<string, Connection> before = new(StringComparer.Ordinal);
        return [.. deliveries.Select((delivery, index) => index < deliveries.Length / 2 ? (Before(delivery.Item1), delivery.Item2) : delivery)];

        Connection Before(Connection connection)
        {
            if (!before.TryGetValue(connection.Name, out var older)) before.Add(connection.Name, older = connection.WithOldestSecretFirst());
            return older;
        }
    }

    private (Connection Connection, SimulatedDelivery Delivery)[] Ordered()
    {
        var streams = Connections.Select((connection, index) => Stream(connection, ShareOf(index)).ToList()).ToList();
        var ordered = Enumerable.Range(0, streams.Max(stream => stream.Count)).SelectMany(round => streams.Where(stream => round < stream.Count).Select(stream => stream[round]));
        var deliveries = (Twice ? ordered.SelectMany(delivery => new[] { delivery, delivery }) : ordered).ToArray();
        if (Shuffled) new Random(Seed).Shuffle(deliveries);
        return deliveries;
    }

    /// <summary>What is simulated of each connector whose vendor is asked for objects.</summary>
    public IReadOnlyDictionary<string, Simulation> Apis() => Connections
        .Select((connection, index) => (connection.Connector.Key, Share: ShareOf(index)))
        .Where(connection => connection.Share > 0 && ConnectorCatalog.BuiltIn.Simulator(connection.Key) is IApiSimulator)
        .DistinctBy(connection => connection.Key, StringComparer.Ordinal)
        .ToDictionary(connection => connection.Key, connection => new Simulation(Seed, connection.Share, People), StringComparer.Ordinal);

    private IEnumerable<(Connection, SimulatedDelivery)> Stream(Connection connection, int count)
    {
        if (count == 0) return [];
        var simulator = connection.Connector.Simulator
            ?? throw new InvalidOperationException($"The connector '{connection.Connector.Key}' has no simulator.");
        return simulator.Deliveries(new Simulation(Seed, count, People)).Select(delivery => (connection, delivery));
    }

    private int ShareOf(int index) => (Count / Connections.Count) + (index < Count % Connections.Count ? 1 : 0);
}
