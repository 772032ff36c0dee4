using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.CrashHarness;

/// <summary>Pours signed deliveries into the hubs, some at a time, and sends again what had no answer, as vendors do.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Senders = 8;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(40);

    private readonly IReadOnlyList<(Connection Connection, SimulatedDelivery Delivery)> deliveries;
    private readonly WebhookSender[] hubs;
    private readonly Ledger ledger;
    private readonly Tally tally;
    private readonly ConcurrentQueue<int> again = new();
    private readonly SemaphoreSlim allowed = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task sending;
    private int budget;
    private int next = -1;
    private int open;

    public Load(IReadOnlyList<(Connection, SimulatedDelivery)> deliveries, IEnumerable<Uri> hubs, Ledger ledger, Tally tally)
    {
        this.deliveries = deliveries;
        this.hubs = [.. hubs.Select(hub => new WebhookSender(hub, TimeProvider.System, HubNode.PublicUrl))];
        this.ledger = ledger;
        this.tally = tally;
        sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(SendAllAsync));
    }

    /// <summary>Deliveries that were allowed and have no answer yet.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Deliveries that have been taken from the plan.</summary>
    public int Sent => Math.Min(deliveries.Count, Volatile.Read(ref next) + 1);

    /// <summary>Allows the next deliveries to be sent; fewer when the plan ends.</summary>
    public void Allow(int count)
    {
        int before;
        int after;
        do
        {
            before = Volatile.Read(ref budget);
            after = Math.Min(deliveries.Count, before + count);
        }
        while (Interlocked.CompareExchange(ref budget, after, before) != before);
        if (after == before) return;
        Interlocked.Add(ref open, after - before);
        allowed.Release(after - before);
    }

    /// <summary>Waits until all that was allowed is acknowledged.</summary>
    /// <returns>Whether it was, within the time.</returns>
    public async Task<bool> DrainedAsync(TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); Open > 0; await Task.Delay(RetryInterval))
        {
            if (watch.Elapsed > patience) return false;
        }
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sending;
        foreach (var hub in hubs) hub.Dispose();
        stopping.Dispose();
        allowed.Dispose();
    }

    private async Task SendAllAsync(int number)
    {
        try
        {
            for (var turn = number; ; turn++)
            {
                await allowed.WaitAsync(stopping.Token);
                if (!again.TryDequeue(out var index)) index = Interlocked.Increment(ref next);
                if (await SendAsync(index, hubs[turn % hubs.Length]))
                {
                    Interlocked.Decrement(ref open);
                    continue;
                }
                again.Enqueue(index);
                allowed.Release();
                await Task.Delay(RetryInterval, stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <returns>Whether it is settled: acknowledged, or refused for good.</returns>
    private async Task<bool> SendAsync(int index, WebhookSender hub)
    {
        var (connection, delivery) = deliveries[index];
        switch (await hub.SendAsync(connection, delivery, stopping.Token))
        {
            case SendOutcome.Accepted accepted:
                ledger.Accepted(delivery, accepted.Id);
                return true;
            case SendOutcome.Duplicate:
                ledger.Known(delivery);
                return true;
            case SendOutcome.Failed:
                return false;
            case SendOutcome.Refused refused:
                tally.AddWrong($"a sound delivery was refused: {refused.Status} {refused.Detail}");
                return true;
            default:
                throw new UnreachableException();
        }
    }
}
