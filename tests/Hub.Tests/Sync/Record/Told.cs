using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Tests.Sync.Record;

/// <summary>Events and the folding of them, without a database.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly HubConfiguration Empty = new() { Connections = System.Collections.Frozen.FrozenDictionary<string, Connection>.Empty, Identity = new IdentitySettings(), File = "" };

    public static SourceReference Source { get; } = new() { ObjectType = "test", ObjectId = "1" };

    /// <summary>Stamps an event as the kit does.</summary>
    /// <param name="number">Its number: the same for the same event; of two at the same time the higher one has the higher id.</param>
    public static T By<T>(this T contactEvent, string connection, int number) where T : ContactEvent =>
        contactEvent with { EventId = new Guid(number, 0, 0, new byte[8]), Connection = connection, Connector = "test", ReceivedAt = Noon };

    public static ContactObserved Observed(Person person, int minute = 0) => new() { OccurredAt = Noon.AddMinutes(minute), Person = person, Source = Source };

    public static ContactRemovedAtSource Removed(Person person, int minute) => new() { OccurredAt = Noon.AddMinutes(minute), Person = person, Source = Source };

    public static Money Money(decimal amount, string currency = "EUR") => new() { Amount = amount, Currency = currency };

    public static T Fold<T>(string id, params IEnumerable<ContactEvent> events) where T : EntityState, new()
    {
        var state = new T();
        foreach (var contactEvent in events) state.Apply(contactEvent, Stamp.Of(contactEvent), id);
        return state;
    }

    public static ContactState Fold(IEnumerable<ContactEvent> events)
    {
        var rules = new IdentityRules(Empty);
        var state = new ContactState();
        foreach (var contactEvent in events)
        {
            var (nodes, unusable) = rules.Read(contactEvent);
            state.Apply(contactEvent, nodes, unusable);
        }
        return state;
    }

    /// <summary>The contact as the canonical export writes it.</summary>
    public static string Canonical(ContactState state, IdentitySettings? identity = null)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, ContactJson.Options))
            new ContactJson(new Survivorship(identity ?? new IdentitySettings(), DecisionBook.Empty)).WriteCanonical(writer, new ContactDetails(new ContactRow(1, Guid.Empty, 1, state), []));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public static JsonElement Shown(ContactState state, IdentitySettings? identity = null) => JsonDocument.Parse(Canonical(state, identity)).RootElement;

    public static string Json(EntityState state) => JsonSerializer.Serialize(state, HubJson.Default.EntityState);

    /// <summary>All orders of up to seven things.</summary>
    public static IEnumerable<T[]> Permutations<T>(T[] items)
    {
        if (items.Length <= 1) return [items];
        return items.SelectMany((item, index) => Permutations([.. items[..index], .. items[(index + 1)..]]).Select(rest => (T[])[item, .. rest]));
    }
}
