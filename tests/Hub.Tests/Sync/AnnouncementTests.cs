using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>What is published when contacts merge and come apart.</summary>
public sealed class AnnouncementTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Merge_names_the_event_that_caused_it_and_the_id_that_leads_on()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen("one", Identifier.Email("zoe@shop.example"))]);
        await harness.MergeAsync([Seen("two", Identifier.Phone("+4922155501234"))]);
        var before = Contacts(harness);
        await harness.MergeAsync([Seen("both", Identifier.Email("zoe@shop.example"), Identifier.Phone("+4922155501234"))]);
        var merged = Single(harness, ContractJson.Default.ContactsMerged);
        Assert.Equal(EventIds.Of("shop", "both"), merged.CauseEventId);
        Assert.Equal(before, [merged.ContactId, .. merged.MergedContactIds]);
    }

    [Fact]
    public async Task Ruling_that_two_are_different_people_is_a_split_and_taking_it_back_a_merge_of_the_same_two()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen("one", Identifier.Customer("c1"), Identifier.Email("zoe@shop.example")), Seen("two", Identifier.Customer("c2"), Identifier.Email("zoe@shop.example"))]);
        var decision = new StoredDecision(new Guid(1, 2, 3, new byte[8]), new CannotLink("customer:shop:c1", "customer:shop:c2"), "test", null, Monday, null);
        await harness.DecideAsync(decision);
        var split = Single(harness, ContractJson.Default.ContactSplit);
        Assert.Equal(2, split.IntoContactIds.Count);
        Assert.Contains(split.ContactId, split.IntoContactIds);
        await harness.RevokeAsync(decision);
        var merged = Single(harness, ContractJson.Default.ContactsMerged);
        Assert.Equal(split.IntoContactIds.Order(), merged.MergedContactIds.Append(merged.ContactId).Order());
    }

    [Fact]
    public async Task Ids_lead_to_the_same_people_as_before_when_a_ruling_is_taken_back()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen("zoe", Identifier.Email("zoe@shop.example"))]);
        await harness.MergeAsync([Seen("max", Identifier.Email("max@shop.example"))]);
        await harness.MergeAsync([Seen("visit", Identifier.Anonymous("a1"))]);
        await harness.MergeAsync([Seen("visit of max", Identifier.Anonymous("a1"), Identifier.Email("max@shop.example"))]);
        var (contacts, owners) = (Resolved(harness), Owners(harness));
        Assert.Equal((3, 2), (contacts.Count, contacts.Distinct().Count()));
        var decision = new StoredDecision(new Guid(1, 2, 3, new byte[8]), new MustLink("email:zoe@shop.example", "email:max@shop.example"), "test", null, Monday, null);
        await harness.DecideAsync(decision);
        Assert.Single(Resolved(harness).Distinct());
        await harness.RevokeAsync(decision);
        Assert.Equal(contacts, Resolved(harness));
        Assert.Equal(owners, Owners(harness));
    }

    [Fact]
    public async Task Ids_stay_with_the_identifiers_they_were_given_for_when_an_event_turns_out_to_be_of_another_person()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.MergeAsync([Seen("told twice", Identifier.Email("zoe@shop.example"))]);
        await harness.MergeAsync([Seen("max", Identifier.Email("max@shop.example"))]);
        await harness.MergeAsync([Seen("zoe", Identifier.Customer("c1"), Identifier.Email("zoe@shop.example"))]);
        var owners = Owners(harness);
        await harness.MergeAsync([Seen("told twice", Identifier.Email("max@shop.example")) with { OccurredAt = Monday.AddDays(-1) }]);
        Assert.Equal(owners, Owners(harness));
    }

    [Fact]
    public async Task Contact_that_is_worked_out_afresh_and_stays_the_same_is_not_announced()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits { Users = 1 });
        await harness.MergeAsync([
            Seen("one", Identifier.User("u1"), Identifier.Email("zoe@shop.example")),
            Seen("two", Identifier.User("u2"), Identifier.Email("zoe@shop.example")),
            Seen("three", Identifier.User("u2"), Identifier.Email("max@shop.example")),
        ]);
        var versions = Versions(harness);
        await harness.MergeAsync([Seen("four", Identifier.User("u1"), Identifier.Phone("+4922155501234"))]);
        Assert.Equal(1, versions.Zip(Versions(harness)).Count(pair => pair.First != pair.Second));
        var changed = Messages(harness, ContractJson.Default.ContactChanged)[^1];
        Assert.Equal([EventIds.Of("shop", "four")], changed.Causes);
    }

    private static ContactObserved Seen(string key, params Identifier[] identifiers) => new()
    {
        EventId = EventIds.Of("shop", key),
        Connection = "shop",
        Connector = "test",
        OccurredAt = Monday,
        ReceivedAt = Monday,
        Person = new Person { Identifiers = identifiers },
        Source = new SourceReference { ObjectType = "test", ObjectId = key },
    };

    private static List<Guid> Contacts(RecordHarness harness) => harness.Read(session => session.Query("select contact_id from contact order by contact_key", row => row.Id(0)));

    /// <summary>Where each contact id leads, by age of the ids.</summary>
    private static List<long> Resolved(RecordHarness harness) => harness.Read(session => session.Query("select coalesce(merged_into, contact_key) from contact order by contact_key", row => row.GetInt64(0)));

    private static List<Guid> Owners(RecordHarness harness) => harness.Read(session => session.Query("select contact_id from node join contact using (contact_key) order by name", row => row.Id(0)));

    private static List<long> Versions(RecordHarness harness) => harness.Read(session => session.Query("select version from contact order by contact_key", row => row.GetInt64(0)));

    private static T Single<T>(RecordHarness harness, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Assert.Single(Messages(harness, type));

    private static List<T> Messages<T>(RecordHarness harness, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => harness.Read(session => session.Query(
        "select body from outbox where kind = $kind order by outbox_key", row => JsonSerializer.Deserialize(row.Bytes(0), type)!, ("$kind", typeof(T).Name)));
}
