using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationHub.Hub.Simulating;

/// <summary>Carries a plan out at a rate and counts the answers. Latency counts from the moment a delivery was due, so that a slow hub can't slow its own measurement.</summary>
internal sealed class SimulationRun(WebhookSender sender, TimeProvider time)
{
    private const int MaxConcurrency = 64;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly ConcurrentBag<double> coldMilliseconds = [];
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
                var due = rate is { } perSecond ? TimeSpan.FromSeconds(index / plan.Burst * plan.Burst / perSecond) : time.GetElapsedTime(started);
                var early = due - time.GetElapsedTime(started);
                if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellationToken);
                Count(await sender.SendAsync(deliveries[index].Connection, deliveries[index].Delivery, cancellationToken));
                (due < WarmUp ? coldMilliseconds : milliseconds).Add((time.GetElapsedTime(started) - due).TotalMilliseconds);
                sent();
            }
        }
        await Task.WhenAll(Enumerable.Range(0, MaxConcurrency).Select(_ => SendAllAsync()));
        return new SimulationReport(accepted, duplicates, refusals, failed, time.GetElapsedTime(started), new Latencies(coldMilliseconds), new Latencies(milliseconds));
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
/// <param name="Cold">Latencies of what was due in the first three seconds, while both programs are still being compiled.</param>
/// <param name="Warm">Latencies of the rest.</param>
internal sealed record SimulationReport(int Accepted, int Duplicates, IReadOnlyDictionary<string, int> Refusals, int Failed, TimeSpan Elapsed, Latencies Cold, Latencies Warm)
{
    public int Refused => Refusals.Values.Sum() - Failed;

    public double Rate => (Cold.Count + Warm.Count) / Elapsed.TotalSeconds;
}

/// <summary>Latencies in milliseconds.</summary>
internal sealed class Latencies(IEnumerable<double> milliseconds)
{
    private readonly double[] ascending = [.. milliseconds.Order()];

    public int Count => ascending.Length;

    /// <summary>The latency that this part of the deliveries did not exceed.</summary>
    /// <param name="part">0 to 1.</param>
    public double Percentile(double part) => ascending.Length == 0 ? 0 : ascending[Math.Min(ascending.Length - 1, (int)(part * ascending.Length))];

    public override string ToString() =>
        $"p50 {Percentile(0.5):F1}, p90 {Percentile(0.9):F1}, p99 {Percentile(0.99):F1}, p99.9 {Percentile(0.999):F1}, max {Percentile(1):F1}";
}
