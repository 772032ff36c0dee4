using IntegrationHub.Bench.Baselines;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What all simulated tools send in turns, with people in common. Each round is a simulation of its own.</summary>
internal sealed class ToolMix : IDeliveries
{
    private const int DeliveriesOfPerson = 4;

    private static readonly PlainProof Added = PlainProof.Of(Payload.Mix);

    private readonly List<Connection> connections;
    private int next;
    private long bytes;
    private long count;

    /// <param name="configuration">Holds a connection for each tool.</param>
    public ToolMix(HubConfiguration configuration, int seed)
    {
        connections = [.. configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)];
        next = seed;
    }

    public Payload Payload => Payload.Mix;

    public string Name => $"deliveries of {connections.Count} tools, {bytes / 1000.0 / Math.Max(1, count):0.0} KB on average";

    public (List<byte[]> WarmUp, List<byte[]> Burst) Next(int warmUp, int burst)
    {
        var plan = new SimulationPlan { Connections = connections, Count = warmUp + burst, People = Math.Max(1, (warmUp + burst) / DeliveriesOfPerson), Seed = next++ };
        var deliveries = plan.Deliveries();
        bytes += deliveries.Sum(sent => (long)sent.Delivery.Body.Length);
        count += deliveries.Count;
        List<byte[]> requests = [.. deliveries.Select(sent => RequestBytes.Of(sent.Connection, sent.Delivery, Added))];
        return (requests[..warmUp], requests[warmUp..]);
    }
}
