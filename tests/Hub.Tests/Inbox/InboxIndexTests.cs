using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Inbox;

/// <summary>What is asked of the inbox all the time is found by an index that holds open deliveries alone: neither a backlog of millions nor millions that are done make it dearer.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
public sealed class InboxIndexTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-index-").FullName;
    private IDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = HubDatabase.In(directory).Open();
        await database.WriteAsync(session =>
        {
            for (var number = 0; number < 2000; number++)
            {
                session.Execute("insert into inbox (connection, delivery_key, received_at, status) values ($connection, $key, 0, $status)",
                    ("$connection", number % 2 == 0 ? "forms" : "shop"), ("$key", BitConverter.GetBytes(number)), ("$status", number % 3 == 0 ? 2 : 0));
            }
            return 0;
        }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(InboxStore.NextOpenSql, "SEARCH inbox USING COVERING INDEX inbox_claim (claimed_by=? AND connection>?)")]
    [InlineData(InboxStore.ClaimOpenSql, "SEARCH inbox USING INDEX inbox_claim (claimed_by=? AND connection=?)")]
    [InlineData(QueueDepths.OpenSql, "SCAN inbox USING INDEX inbox_open")]
    [InlineData(QueueDepths.OldestSql, "SCAN inbox USING INDEX inbox_open")]
    public void Open_deliveries_are_found_by_their_index(string sql, string step)
    {
        var plan = database.Read(session => session.Query($"explain query plan {sql}", row => row.GetString(3),
            ("$last", ""), ("$connection", "shop"), ("$claimant", 1), ("$now", 1), ("$far", 2), ("$limit", 3), ("$most", 4)));
        Assert.Contains(step, plan);
        Assert.DoesNotContain(plan, line => line.Contains("ORDER BY", StringComparison.Ordinal));
    }
}
