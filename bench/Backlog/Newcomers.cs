using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Backlog;

/// <summary>Sends deliveries one by one, and looks when each is in the record.</summary>
internal sealed class Newcomers(Uri hub, Connection connection, DbSession reader, int seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Queue<(Connection, SimulatedDelivery)> next = new(new SimulationPlan { Connections = [connection], Count = 10_000, People = 1000, Seed = -1 - seed }.Deliveries());

    public async Task<(Percentiles Accepted, Percentiles Merged)> SendAsync(int count, CancellationToken cancellationToken)
    {
        using var sender = new WebhookSender(hub, TimeProvider.System);
        var (accepted, merged) = (new Percentiles(), new Percentiles());
        for (var sent = 0; sent < count; sent++)
        {
            var (_, delivery) = next.Dequeue();
            var started = Stopwatch.GetTimestamp();
            if (await sender.SendAsync(connection, delivery, cancellationToken) is not SendOutcome.Accepted) throw new InvalidOperationException("A newcomer was not accepted.");
            accepted.Add(Stopwatch.GetElapsedTime(started));
            while (IsOpen()) await Task.Delay(1, cancellationToken);
            merged.Add(Stopwatch.GetElapsedTime(started));
            await Task.Delay(Pause, cancellationToken);
        }
        return (accepted, merged);
    }

    // The newest delivery is the one that was just sent.
    private bool IsOpen() => reader.First("select status from inbox order by delivery_id desc limit 1", row => row.GetInt32(0)) == 0;
}
