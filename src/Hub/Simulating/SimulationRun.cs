using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationHub.Hub.Simulating;

/// <summary>Carries a plan out at a rate and counts the answers. Latency counts from the moment a delivery was due, so that a slow hub can't slow its own measurement.</summary>
internal sealed class SimulationRun(WebhookSender sender, TimeProvider time)
{
    private const int MaxConcurrency = 64;

    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly ConcurrentDictionary<string, int> refusals = new(StringComparer.Ordinal);
    private int accepted;
    private int duplicates;
    private int failed;

    /// <param name="rate">Deliveries a second; null for as fast as they are answered.</param>
    /// <param name="sent">Called after each answer.</param>
    public async Task<SimulationReport> RunAsync(SimulationPlan plan, double? rate, Action sent, CancellationToken cancellationToken)
    {
        var deliveries = plan.Deliveries();
        var started = time.GetTimestamp();
        var next = -1;
        async Task SendAllAsync()
        {
            for (var index = Interlocked.Increment(ref next); index < deliveries.Count; index = Interlocked.Increment(ref next))
            {
                var due = rate is { } perSecond ? TimeSpan.FromSeconds(index / perSecond) : time.GetElapsedTime(started);
                var early = due - time.GetElapsedTime(started);
                if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellationToken);
                Count(await sender.SendAsync(deliveries[index].Connection, deliveries[index].Delivery, cancellationToken));
                milliseconds.Add((time.GetElapsedTime(started) - due).TotalMilliseconds);
                sent();
            }
        }
        await Task.WhenAll(Enumerable.Range(0, MaxConcurrency).Select(_ => SendAllAsync()));
        return new SimulationReport(accepted, duplicates, refusals, failed, time.GetElapsedTime(started), [.. milliseconds.Order()]);
    }

    private void Count(SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Accepted:
                Interlocked.Increment(ref accepted);
                break;
            case SendOutcome.Duplicate:
                Interlocked.Increment(ref duplicates);
                break;
            case SendOutcome.Refused refused:
                refusals.AddOrUpdate($"{refused.Status}: {refused.Detail}", 1, (_, count) => count + 1);
                break;
            case SendOutcome.Failed broken:
                Interlocked.Increment(ref failed);
                refusals.AddOrUpdate(broken.Detail, 1, (_, count) => count + 1);
                break;
            default:
                throw new UnreachableException();
        }
    }
}

/// <summary>What came of a run.</summary>
/// <param name="Refusals">Refused and failed deliveries by the answer.</param>
/// <param name="Failed">Of these, the ones without an answer or with one that asks to try again.</param>
/// <param name="Milliseconds">Latencies in ascending order.</param>
internal sealed record SimulationReport(int Accepted, int Duplicates, IReadOnlyDictionary<string, int> Refusals, int Failed, TimeSpan Elapsed, IReadOnlyList<double> Milliseconds)
{
    public int Refused => Refusals.Values.Sum() - Failed;

    public double Rate => Milliseconds.Count / Elapsed.TotalSeconds;

    /// <summary>The latency that this part of the deliveries did not exceed.</summary>
    /// <param name="part">0 to 1.</param>
    public double Percentile(double part) => Milliseconds.Count == 0 ? 0 : Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(part * Milliseconds.Count))];
}
