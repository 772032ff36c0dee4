using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;

namespace IntegrationHub.Hub.Tests.Rebuilding;

public sealed class RebuildTests
{
    [Fact]
    public async Task Stopped_run_goes_on_and_comes_to_the_same_end()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(900, 150, 5));
        var events = Count(hub, "select count(*) from event");
        foreach (var source in Enum.GetValues<RebuildSource>())
        {
            using var stop = new CancellationTokenSource();
            var steps = 0;
            await using (var stopped = RebuildRun.Of(hub.DataDirectory, hub.Configuration, source, _ => { }, () =>
            {
                if (++steps == 300) stop.Cancel();
            }))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.CompareAsync(stop.Token));
            }
            List<string> said = [];
            await using var resumed = RebuildRun.Of(hub.DataDirectory, hub.Configuration, source, said.Add, () => { });
            var findings = await resumed.CompareAsync(CancellationToken.None);
            Assert.True(findings.AreEqual, string.Join('\n', findings.Details));
            Assert.Equal(events, findings.Events);
            Assert.StartsWith("Going on with the shadow that is there: ", said[^1], StringComparison.Ordinal);
            await resumed.DiscardAsync();
        }
    }

    [Fact]
    public async Task Shadow_of_another_source_or_configuration_is_begun_anew()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(50, 10, 6));
        List<string> said = [];
        var trusting = new HubConfiguration { Connections = hub.Configuration.Connections, File = "", Identity = hub.Configuration.Identity with { Limits = new IdentityLimits { Emails = 4 } } };
        foreach (var (configuration, source) in new[] { (hub.Configuration, RebuildSource.Events), (hub.Configuration, RebuildSource.Inbox), (trusting, RebuildSource.Inbox) })
        {
            await using var rebuild = RebuildRun.Of(hub.DataDirectory, configuration, source, said.Add, () => { });
            await rebuild.CompareAsync(CancellationToken.None);
        }
        Assert.Equal(2, said.Count);
        Assert.All(said, line => Assert.EndsWith("it is begun anew.", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_connectors_say_today_of_the_inbox_comes_into_the_record()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAllAsync(hub, VendorSample.All("shopify").Concat(VendorSample.All("stripe")).Where(sample => !sample.Name.EndsWith("redact", StringComparison.Ordinal)));
        var sound = hub.CanonicalExport();
        Assert.True((await ApplyAsync(hub, RebuildSource.Inbox)).AreEqual);
        var placed = Count(hub, "select min(event_key) from event where kind = 'OrderPlaced'");
        var missed = Count(hub, $"select min(delivery_id) from event where kind = 'ContactObserved' and not exists (select 1 from event_delivery other where other.event_key = {placed} and other.delivery_id = event.delivery_id)");
        // As an older connector would have left it: one delivery not understood, one read otherwise.
        await ReplaceAsync(hub, placed, body => body.Replace("example.com", "example.org", StringComparison.Ordinal));
        await ChangeAsync(hub, $"update inbox set status = 4, reason = 'not understood' where delivery_id = {missed}");
        await ChangeAsync(hub, $"delete from event_delivery where delivery_id = {missed}");
        await ChangeAsync(hub, $"delete from event where delivery_id = {missed}");
        await ApplyAsync(hub, RebuildSource.Events);
        Assert.NotEqual(sound, hub.CanonicalExport());
        await ReplaceAsync(hub, Count(hub, "select max(event_key) from event where kind = 'InvoicePaid'"), _ => "not json");
        var findings = await ApplyAsync(hub, RebuildSource.Inbox);
        Assert.True(findings.NewEvents > 0);
        Assert.Equal((2, 0), (findings.ChangedEvents, findings.GoneEvents));
        Assert.Contains(findings.Deliveries, delivery => (delivery.Id, delivery.Now, delivery.Then) == (missed, DeliveryStatus.Quarantined, DeliveryStatus.Done));
        Assert.Equal(sound, hub.CanonicalExport());
        Assert.Equal(DeliveryStatus.Done, hub.Inbox.Summary(missed)!.Status);
        Assert.NotEmpty(hub.Inbox.EventsOf(missed));
    }

    [Fact]
    public async Task What_was_erased_stays_so_when_the_inbox_is_read_again()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAllAsync(hub, VendorSample.All("shopify").Concat(VendorSample.All("stripe")));
        await Eventually.HoldsAsync(() => Count(hub, "select count(*) from erasure") > 0 && Count(hub, "select count(*) from erasure where finished_at is null") == 0, "the erasures are finished");
        var sound = hub.CanonicalExport();
        Assert.True((await ApplyAsync(hub, RebuildSource.Inbox)).AreEqual);
        Assert.Equal(sound, hub.CanonicalExport());
    }

    [Fact]
    public async Task Fact_that_no_delivery_tells_any_more_leaves_the_record()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, "customers-create");
        var without = hub.CanonicalExport();
        await PostAsync(hub, "orders-create");
        // What the order's delivery told, told by the customer's delivery: as if that had been read to say it once.
        await ChangeAsync(hub, "update event set delivery_id = 1 where delivery_id = 2");
        await ChangeAsync(hub, "update event_delivery set delivery_id = 1 where delivery_id = 2");
        await ChangeAsync(hub, "delete from inbox_body where delivery_id = 2");
        await ChangeAsync(hub, "delete from inbox where delivery_id = 2");
        var findings = await ApplyAsync(hub, RebuildSource.Inbox);
        Assert.True(findings.GoneEvents > 0);
        Assert.Equal(without, hub.CanonicalExport());
    }

    [Fact]
    public async Task Facts_of_deliveries_that_can_not_be_read_again_stay()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, "customers-create");
        await PostAsync(hub, "orders-create");
        await ChangeAsync(hub, "delete from inbox_body where delivery_id = 2");
        await using (var rebuild = RebuildRun.Of(hub.DataDirectory, hub.Configuration, RebuildSource.Inbox, _ => { }, () => { }))
            Assert.True((await rebuild.CompareAsync(CancellationToken.None)).AreEqual);
        var disabled = TestHub.FiveTools().Replace("\"connector\": \"shopify\",", "\"connector\": \"shopify\", \"enabled\": false,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(hub.ConnectorsFile, disabled);
        var loaded = Assert.IsType<LoadResult.Loaded>(new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(hub.ConnectorsFile));
        await using (var rebuild = RebuildRun.Of(hub.DataDirectory, loaded.Configuration, RebuildSource.Inbox, _ => { }, () => { }))
            Assert.True((await rebuild.CompareAsync(CancellationToken.None)).AreEqual);
    }

    [Fact]
    public async Task Blocked_address_splits_the_contact_that_it_joined_and_the_older_part_keeps_the_id()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen(1), Seen(2)]);
        var before = Contacts(harness);
        Assert.Single(before);
        harness.Identity = harness.Identity with { BlockedEmails = ["till@shop.example"] };
        await harness.TamperAsync("delete from outbox");
        await using var rebuild = RebuildRun.Of(harness);
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        Assert.Equal([$"contact {before[0]} would come apart into 2"], findings.Details);
        await rebuild.ApplyAsync(findings, CancellationToken.None);
        Assert.True((await rebuild.CompareAsync(CancellationToken.None)).AreEqual);
        Assert.Equal(2, Contacts(harness).Count);
        Assert.Contains(before[0], Contacts(harness));
        var messages = harness.Read(session => session.Query("select kind from outbox order by kind", row => row.GetString(0)));
        Assert.Equal([nameof(ContactChanged), nameof(ContactChanged), nameof(ContactSplit)], messages);
    }

    [Fact]
    public async Task Contacts_keep_their_ids_when_a_node_was_tied_to_the_wrong_one()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen(1, "one@shop.example"), Seen(2, "two@shop.example"), Seen(3, "three@shop.example")]);
        var before = Contacts(harness);
        await harness.TamperAsync("update node set contact_key = 1, group_key = 1 where name in ('email:two@shop.example', 'customer:shop:c3', 'email:three@shop.example')");
        await using var rebuild = RebuildRun.Of(harness);
        await rebuild.ApplyAsync(await rebuild.CompareAsync(CancellationToken.None), CancellationToken.None);
        Assert.True((await rebuild.CompareAsync(CancellationToken.None)).AreEqual);
        Assert.Equal(before, Contacts(harness));
    }

    [Fact]
    public async Task Only_contacts_that_differ_are_changed()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen(1, "one@shop.example"), Seen(2, "two@shop.example")]);
        await harness.TamperAsync("update contact set search = 'somebody else' where contact_key = 2");
        await using var rebuild = RebuildRun.Of(harness);
        await rebuild.ApplyAsync(await rebuild.CompareAsync(CancellationToken.None), CancellationToken.None);
        Assert.Equal([1, 2], harness.Read(session => session.Query("select version from contact order by contact_key", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task Values_are_shown_only_when_they_are_asked_for()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen(1, "one@shop.example")]);
        var state = Encoding.UTF8.GetString(harness.Read(session => session.First("select state from contact", row => row.Bytes(0)))!);
        await harness.WriteAsync(session => session.Execute("update contact set state = $state", ("$state", Encoding.UTF8.GetBytes(state.Replace("Person 1", "Impostor", StringComparison.Ordinal)))));
        var id = Contacts(harness)[0];
        foreach (var (show, expected) in new[] { (false, $"contact {id}: fields fullName"), (true, $"contact {id}: fields fullName (\"Impostor\" → \"Person 1\")") })
        {
            await using var rebuild = new Rebuild(
                new RebuildPlan { DataDirectory = harness.DataDirectory, Live = TestDatabase.Of(harness.DataDirectory), Configuration = harness.Configuration, Source = RebuildSource.Events, Details = 20, ShowValues = show },
                TimeProvider.System, _ => { }, (_, _) => new RebuildCount(() => { }, () => { }));
            Assert.Equal([expected], (await rebuild.CompareAsync(CancellationToken.None)).Details);
        }
    }

    private static async Task PostAllAsync(TestHub hub, IEnumerable<VendorSample> samples)
    {
        foreach (var sample in samples)
        {
            using var answer = await hub.PostAsync(sample.Tool, sample.Body, sample.Headers);
            Assert.True(answer.IsSuccessStatusCode);
        }
        await hub.SettleAsync();
    }

    private static ContactObserved Seen(int number, string email = "till@shop.example") => new()
    {
        EventId = EventIds.Of("shop", "e" + number),
        Connection = "shop",
        Connector = "test",
        OccurredAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
        Person = new Person { Identifiers = [Identifier.Customer("c" + number), Identifier.Email(email)], FullName = "Person " + number },
        Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
    };

    private static List<Guid> Contacts(RecordHarness harness) =>
        harness.Read(session => session.Query("select contact_id from contact where state is not null order by contact_key", row => row.Id(0)));

    private static async Task<RebuildFindings> ApplyAsync(TestHub hub, RebuildSource source)
    {
        await using var rebuild = RebuildRun.Of(hub.DataDirectory, hub.Configuration, source, _ => { }, () => { });
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        await rebuild.ApplyAsync(findings, CancellationToken.None);
        var left = await rebuild.CompareAsync(CancellationToken.None);
        Assert.True(left.AreEqual, string.Join('\n', left.Details.Concat(left.Deliveries.Select(delivery => delivery.ToString()))));
        await rebuild.DiscardAsync();
        return findings;
    }

    private static async Task PostAsync(TestHub hub, string name)
    {
        var sample = VendorSample.Load("shopify", name);
        using var answer = await hub.PostAsync("shopify", sample.Body, sample.Headers);
        Assert.True(answer.IsSuccessStatusCode);
        await hub.SettleAsync();
    }

    private static Task ChangeAsync(TestHub hub, string sql) => hub.Database.WriteAsync(session => session.Execute(sql), CancellationToken.None);

    private static async Task ReplaceAsync(TestHub hub, long eventKey, Func<string, string> change)
    {
        var body = Encoding.UTF8.GetString(hub.Database.Read(session => session.First("select body from event where event_key = $key", row => row.Bytes(0), ("$key", eventKey)))!);
        await hub.Database.WriteAsync(session => session.Execute("update event set body = $body where event_key = $key", ("$body", Encoding.UTF8.GetBytes(change(body))), ("$key", eventKey)), CancellationToken.None);
    }

    private static long Count(TestHub hub, string sql) => hub.Database.Read(session => session.First(sql, row => row.GetInt64(0)));
}
