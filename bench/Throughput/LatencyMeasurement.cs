using System.Diagnostics;
using IntegrationHub.Bench.Baselines;

namespace IntegrationHub.Bench.Throughput;

/// <summary>How long answers and the record take at half of what the hub can do: at evenly spaced arrivals, counted from the moment at which each was due.</summary>
internal sealed class LatencyMeasurement : IMeasurement
{
    // How many a second are watched on their way to the record.
    private const int Watched = 50;

    private static readonly TimeSpan AnswersTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(15);

    // What a burst has left to be written is not the work of those after it.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public string Name => "throughput/latency";

    public string About => "how long answers and the record take at half of what the hub can do; embedded database";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var ground = await Ground.PrepareAsync(plan, cancellationToken);
        var orders = ground.Orders();
        List<LatencyRound> rounds = [];
        for (var round = 1; round <= plan.Rounds; round++)
        {
            var hub = await HubAsync(plan, ground, orders, cancellationToken);
            var append = await BaselineAsync(plan, ground.Baseline(BaselineKinds.Append, Payload.Orders), orders, hub.AnswersRate, cancellationToken);
            var limit = await BaselineAsync(plan, ground.Baseline(BaselineKinds.Answer, Payload.Orders), orders, hub.AnswersRate, cancellationToken);
            rounds.Add(hub with { Append = append, Limit = limit });
            Progress.Report($"  round {round}: at {hub.AnswersRate:#,0} a second hub {hub.Hub.Answers}, append {append.Answers} ms; in the record at {hub.RecordRate:#,0} a second {hub.FromAnswer} ms");
        }
        return [LatencyTables.Answers(rounds), LatencyTables.Record(rounds)];
    }

    private static async Task<LatencyRound> HubAsync(Plan plan, Ground ground, ShopifyOrders orders, CancellationToken cancellationToken)
    {
        await using var hub = await ground.StartHubAsync(Payload.Orders, cancellationToken);
        using var driver = await Driver.ConnectAsync(hub.Addresses, plan.Connections, cancellationToken);
        await driver.SendAsync(orders.Next(plan.WarmUp), cancellationToken);
        await hub.SettleAsync(cancellationToken);
        var burst = await driver.SendAsync(orders.Next(Math.Max(1_000, plan.Deliveries / 2)), cancellationToken);
        await hub.SettleAsync(cancellationToken);
        var (answersRate, recordRate) = (burst.Accepted / burst.Elapsed.TotalSeconds / 2, burst.Accepted / Stopwatch.GetElapsedTime(burst.Started).TotalSeconds / 2);
        await Task.Delay(Rest, cancellationToken);
        var answers = await driver.SendEvenlyAsync(orders.Next(Count(plan, answersRate, AnswersTime)), answersRate, accepted: null, cancellationToken);
        await hub.SettleAsync(cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        var watch = await WatchAsync(hub, driver, orders.Next(Count(plan, recordRate, RecordTime)), recordRate, cancellationToken);
        return new LatencyRound { AnswersRate = answersRate, RecordRate = recordRate, Hub = answers, FromAnswer = watch.FromAnswer, FromDue = watch.FromDue };
    }

    private static async Task<RecordWatch> WatchAsync(SqliteHub hub, Driver driver, List<byte[]> requests, double rate, CancellationToken cancellationToken)
    {
        using var reader = hub.OpenReader();
        var watch = new RecordWatch(reader);
        var each = Math.Max(1, (int)(rate / Watched));
        try
        {
            await driver.SendEvenlyAsync(requests, rate, Watch, cancellationToken);
        }
        finally
        {
            await watch.EndAsync();
        }
        return watch;

        void Watch(int index, long due, ReadOnlySpan<byte> answer)
        {
            if (index % each == 0) watch.Add(Answers.IdIn(answer), due);
        }
    }

    private static async Task<Burst> BaselineAsync(Plan plan, Contender contender, ShopifyOrders orders, double rate, CancellationToken cancellationToken)
    {
        await using var server = await contender.StartAsync(cancellationToken);
        using var driver = await Driver.ConnectAsync(server.Addresses, plan.Connections, cancellationToken);
        await driver.SendAsync(orders.Next(plan.WarmUp), cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        return await driver.SendEvenlyAsync(orders.Next(Count(plan, rate, AnswersTime)), rate, accepted: null, cancellationToken);
    }

    private static int Count(Plan plan, double rate, TimeSpan time) => Math.Clamp((int)(rate * time.TotalSeconds), 1, plan.Deliveries);
}
