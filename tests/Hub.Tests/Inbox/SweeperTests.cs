using System.Text.Json;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Vendors;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Inbox;

/// <summary>What was left behind comes into the record by itself: after a failing disk, a clock that was set, a claim that nobody holds.</summary>
public sealed class SweeperTests
{
    [Fact]
    public async Task What_could_not_be_merged_while_the_disk_failed_is_merged_once_it_works()
    {
        BreakableDatabase? breakable = null;
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<IDatabase>(provider =>
            breakable = new BreakableDatabase(provider.GetRequiredService<HubDatabase>().Open())));
        var plan = hub.Plan(count: 60, people: 20, seed: 5);
        foreach (var (connection, delivery) in plan.Deliveries().Take(30)) await hub.PostAsync(connection.Name, delivery.Body.ToArray(), new Dictionary<string, string>(delivery.Headers, StringComparer.OrdinalIgnoreCase));
        breakable!.IsBroken = true;
        using (var refused = await hub.PostAsync("shopify", "{}"u8.ToArray(), [])) Assert.NotEqual(System.Net.HttpStatusCode.OK, refused.StatusCode);
        breakable.IsBroken = false;
        await hub.SettleAsync();
        Assert.Equal(0, hub.Database.Read(session => session.First("select count(*) from inbox where status = 0 or attempts > 0", row => row.GetInt64(0))));
    }

    [Fact]
    public async Task Claim_that_nobody_holds_is_given_back()
    {
        await using var hub = await TestHub.StartAsync();
        var (headers, body) = (VendorSample.Load("shopify", "orders-create").Headers, VendorSample.Load("shopify", "orders-create").Body);
        var stray = new NewDelivery("shopify", Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), headers, body);
        // As if the commit had failed for the one who waited for it.
        await hub.Inbox.AppendAsync(stray, hub.App.Services.GetRequiredService<Roster>().Key, CancellationToken.None);
        await hub.SettleAsync();
        Assert.Equal("done", (await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Delivery_that_was_put_off_before_the_clock_was_set_back_is_not_put_off_for_as_long()
    {
        var time = new ManualTime();
        var directory = Directory.CreateTempSubdirectory("hub-inbox-").FullName;
        await using (var database = TestDatabase.Of(directory).Open())
        {
            var inbox = new InboxStore(database, time);
            var accepted = Assert.IsType<AppendOutcome.Accepted>(await inbox.AppendAsync(
                new NewDelivery("shop", Guid.CreateVersion7(), time.GetUtcNow(), new Dictionary<string, string>(StringComparer.Ordinal), "{}"u8.ToArray()), 1, CancellationToken.None));
            await inbox.RecordFailureAsync(accepted.Id, "it failed", CancellationToken.None);
            Assert.Empty(await inbox.ClaimOpenAsync("shop", 1, 10, CancellationToken.None));
            time.Set(time.GetUtcNow() - TimeSpan.FromHours(3));
            Assert.Single(await inbox.ClaimOpenAsync("shop", 1, 10, CancellationToken.None));
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Delivery_that_fails_again_and_again_rests_longer_each_time_and_is_quarantined_with_its_last_error()
    {
        var time = new ManualTime();
        var directory = Directory.CreateTempSubdirectory("hub-inbox-").FullName;
        await using (var database = TestDatabase.Of(directory).Open())
        {
            var inbox = new InboxStore(database, time);
            await inbox.AppendAsync(new NewDelivery("shop", Guid.CreateVersion7(), time.GetUtcNow(), new Dictionary<string, string>(StringComparer.Ordinal), "{}"u8.ToArray()), null, CancellationToken.None);
            List<double> rests = [];
            for (var attempt = 1; attempt <= InboxStore.MaxAttempts; attempt++)
            {
                var failedAt = time.GetUtcNow();
                List<StoredDelivery> claimed;
                for (claimed = []; claimed.Count == 0; claimed = await inbox.ClaimOpenAsync("shop", 1, 10, CancellationToken.None)) time.Advance(TimeSpan.FromSeconds(1));
                rests.Add((time.GetUtcNow() - failedAt).TotalSeconds);
                await inbox.RecordFailureAsync(claimed[0].Id, $"failure {attempt}", CancellationToken.None);
                // A second event of the same try counts no second time.
                await inbox.RecordFailureAsync(claimed[0].Id, $"failure {attempt}", CancellationToken.None);
            }
            Assert.Equal([1, 5, 10, 20, 40], rests);
            var summary = inbox.Summary(1)!;
            Assert.Equal((DeliveryStatus.Quarantined, "failure 5", 5), (summary.Status, summary.Reason, summary.Attempts));
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Backlog_of_one_tool_holds_up_no_other()
    {
        await using var hub = await TestHub.StartAsync();
        var order = VendorSample.Load("shopify", "orders-create");
        const int backlog = 5_000;
        await hub.Database.WriteAsync(session =>
        {
            InboxStore.Append(session, Enumerable.Range(0, backlog).Select(i => new NewDelivery("shopify", new Guid(i, 0, 0, new byte[8]), TimeProvider.System.GetUtcNow(), order.Headers, order.Body)));
            return 0;
        }, CancellationToken.None);
        await Eventually.HoldsAsync(() => Open("shopify") < backlog, "the backlog is being drained");
        var answer = VendorSample.Load("typeform", Directory.GetDirectories(Path.Combine(TestHub.VendorFolder("typeform"), "Samples")).Select(Path.GetFileName).First()!);
        using var posted = await hub.PostAsync("typeform", answer.Body, answer.Headers);
        posted.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(() => Open("typeform") == 0, "the newcomer is merged");
        Assert.InRange(Open("shopify"), backlog / 4, backlog);

        long Open(string connection) => hub.Database.Read(session => session.First("select count(*) from inbox where status = 0 and connection = $connection", row => row.GetInt64(0), ("$connection", connection)));
    }
}
