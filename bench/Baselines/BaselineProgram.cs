using System.Diagnostics;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Is a baseline: prints its address as soon as it takes deliveries, and serves until the standard input ends.</summary>
internal static class BaselineProgram
{
    // As the hub has: SQLite's calls hold their thread.
    private const int MinThreads = 16;

    public static async Task<int> RunAsync(BaselinePlan plan)
    {
        ThreadPool.SetMinThreads(MinThreads, MinThreads);
        if (plan.Kind == BaselineKinds.Answer)
        {
            using var answering = new AnsweringServer();
            await ServeAsync(answering.Address);
            return 0;
        }
        await using IKeeper keeper = plan.Kind switch
        {
            BaselineKinds.Hmac => new NothingKept(),
            BaselineKinds.Append => new BodyLog(plan.Database),
            BaselineKinds.Upsert => new PlainRecord(plan),
            BaselineKinds.UpsertOnPostgres => await PostgresRecord.OpenAsync(plan),
            _ => throw new UnreachableException(),
        };
        await using var server = await WebhookServer.StartAsync(keeper, PlainProof.Of(plan.Payload));
        await ServeAsync(server.Address);
        return 0;
    }

    private static async Task ServeAsync(string address)
    {
        Console.WriteLine(address);
        await Console.In.ReadToEndAsync();
    }
}
