using System.Diagnostics;

namespace IntegrationHub.Bench.Throughput;

/// <summary>The memory of a hub that merges as fast as it can for minutes.</summary>
internal sealed class SoakMeasurement : IMeasurement
{
    // The next wave comes while half of the one before waits: the hub is never without work, and what waits does not grow.
    private const int Wave = 2_000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);

    public string Name => "soak";

    public string About => "memory of a hub that merges as fast as it can, for the minutes of --soak; left out without them";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Soak == TimeSpan.Zero)
        {
            Progress.Report("  left out: --soak says for how many minutes");
            return [];
        }
        using var ground = await Ground.PrepareAsync(plan, cancellationToken);
        await using var hub = await ground.StartHubAsync(Payload.Orders, cancellationToken);
        using var driver = await Driver.ConnectAsync(hub.Addresses, plan.Connections, cancellationToken);
        var orders = ground.Orders();
        await driver.SendAsync(orders.Next(plan.WarmUp), cancellationToken);
        await hub.SettleAsync(cancellationToken);
        return [TableOf(plan, orders, await SoakAsync(plan, hub, driver, orders, cancellationToken))];
    }

    private static async Task<List<Sample>> SoakAsync(Plan plan, SqliteHub hub, Driver driver, ShopifyOrders orders, CancellationToken cancellationToken)
    {
        var (sent, started) = (0L, Stopwatch.GetTimestamp());
        List<Sample> samples = [];
        for (var wave = orders.Next(Wave); Stopwatch.GetElapsedTime(started) < plan.Soak; wave = orders.Next(Wave))
        {
            sent += (await driver.SendAsync(wave, cancellationToken)).Accepted;
            for (var open = hub.Open; open > Wave / 2; open = hub.Open)
            {
                Take(open);
                await Task.Delay(LookInterval, cancellationToken);
            }
        }
        await hub.SettleAsync(cancellationToken);
        Take(open: 0, isLast: true);
        return samples;

        void Take(long open, bool isLast = false)
        {
            var now = Stopwatch.GetElapsedTime(started);
            if (!isLast && now < SampleInterval * (samples.Count + 1)) return;
            samples.Add(new Sample(now, sent - open, hub.Memory));
            Progress.Report($"  {now:m\\:ss}: {sent - open:#,0} in the record, {hub.Memory:0} MiB");
        }
    }

    private static Table TableOf(Plan plan, ShopifyOrders orders, List<Sample> samples)
    {
        var middle = samples[samples.Count / 2];
        var table = new Table($"{plan.Soak.TotalMinutes:0} minutes of {orders.Name}, as fast as they are merged", "", "First", "Last", "Lowest", "Highest");
        table.Add("Memory, MiB", $"{samples[0].Memory:0}", $"{samples[^1].Memory:0}", $"{samples.Min(sample => sample.Memory):0}", $"{samples.Max(sample => sample.Memory):0}");
        table.Note($"{samples[^1].Merged:#,0} came into the record, {middle.Merged / middle.After.TotalSeconds:#,0} a second in the first half and "
            + $"{(samples[^1].Merged - middle.Merged) / (samples[^1].After - middle.After).TotalSeconds:#,0} in the second. Memory is looked at every {SampleInterval.TotalSeconds} s; the driver signs the next orders meanwhile.");
        return table;
    }

    /// <param name="After">Since the first order.</param>
    /// <param name="Merged">How many were in the record.</param>
    /// <param name="Memory">What the hub held, in MiB.</param>
    private sealed record Sample(TimeSpan After, long Merged, double Memory);
}
