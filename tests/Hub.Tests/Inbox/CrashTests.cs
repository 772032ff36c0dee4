using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Inbox;

/// <summary>Real processes, really killed: what was acknowledged is in the record once, whenever the process died.</summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-crash-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_counts_twice_when_the_hub_is_killed()
    {
        const int seed = 7;
        output.WriteLine($"seed {seed}");
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), TestHub.FiveTools());
        var configuration = Load();
        var plan = new SimulationPlan { Connections = [.. configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)], Count = 2_000, People = 400, Seed = seed };
        var open = new ConcurrentQueue<(Connection, SimulatedDelivery)>(plan.Deliveries());
        var random = new Random(seed);
        for (var round = 0; !open.IsEmpty; round++)
        {
            await using var hub = await HubProcess.ServeAsync(directory);
            var kill = round < 5 ? Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 400))).ContinueWith(_ => hub.KillAsync(), TaskScheduler.Default).Unwrap() : Task.CompletedTask;
            var lost = new ConcurrentBag<(Connection, SimulatedDelivery)>();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(hub, open, lost)));
            await kill;
            foreach (var delivery in lost) open.Enqueue(delivery);
        }
        await using (var last = await HubProcess.ServeAsync(directory)) await Eventually.HoldsAsync(() => OpenDeliveries() == 0, "all is merged");
        await using var calm = await TestHub.StartAsync();
        await calm.SimulateAsync(plan);
        Assert.Equal(calm.CanonicalExport(), Export(configuration));
        Assert.Equal(plan.Count, Count("select count(*) from inbox"));
        Assert.Equal(0, Count("select count(*) from outbox"));
    }

    // A vendor sends again what was not answered; what was answered it forgets.
    private static async Task SendAsync(HubProcess hub, ConcurrentQueue<(Connection, SimulatedDelivery)> open, ConcurrentBag<(Connection, SimulatedDelivery)> lost)
    {
        using var sender = new WebhookSender(hub.Http.BaseAddress!, TimeProvider.System);
        while (open.TryDequeue(out var next))
        {
            switch (await sender.SendAsync(next.Item1, next.Item2, CancellationToken.None))
            {
                case SendOutcome.Accepted or SendOutcome.Duplicate:
                    break;
                case SendOutcome.Failed:
                    lost.Add(next);
                    return;
                default:
                    Assert.Fail("A sound delivery was refused.");
                    break;
            }
        }
    }

    private HubConfiguration Load()
    {
        var loaded = new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(Path.Combine(directory, "connectors.json"));
        return Assert.IsType<LoadResult.Loaded>(loaded).Configuration;
    }

    private string Data => Path.Combine(directory, "data");

    private long OpenDeliveries() => Count("select count(*) from inbox where status = 0") + Count("select count(*) from outbox");

    private long Count(string sql)
    {
        using var session = TestDatabase.Of(Data).OpenReader();
        return session.First(sql, row => row.GetInt64(0));
    }

    private string Export(HubConfiguration configuration)
    {
        using var session = TestDatabase.Of(Data).OpenReader();
        using var stream = new MemoryStream();
        ContactExport.Write(session, new ContactJson(new Survivorship(configuration.Identity, DecisionBook.Read(session))), canonical: true, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
