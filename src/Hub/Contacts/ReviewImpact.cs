using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>What deciding an item of the review queue would do, worked out without doing it.</summary>
internal sealed class ReviewImpact(DbSession session, HubConfiguration configuration)
{
    private readonly DecisionBook book = DecisionBook.Read(session);
    private readonly Dictionary<long, EventClosure> closures = [];

    /// <summary>The contacts that two nodes belong to.</summary>
    public IEnumerable<ContactRow> ContactsOf(string one, string other) =>
        new[] { one, other }.Select(session.FindNode).Select(node => node?.ContactKey).OfType<long>().Distinct().Select(session.FindContact).OfType<ContactRow>();

    /// <summary>Two identifiers by which a decision can name what two nodes stand for: an entity's person by the strongest identifier.</summary>
    public IEnumerable<string> Identifiers(string one, string other) => new[] { one, other }.Select(node =>
        ContactsOf(node, node).FirstOrDefault() is { } contact && !contact.State.Identifiers.ContainsKey(node)
            ? contact.State.Identifiers.Keys.OrderBy(name => IdentityNode.Parse(name).Kind).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault() ?? node
            : node);

    /// <summary>Of a refused tie: who would be one by must_link, and who would come apart because of that.</summary>
    public void WriteTie(Utf8JsonWriter writer, long groupKey, string one, string other)
    {
        var closure = Closure(groupKey, one, other);
        var named = Identifiers(one, other).ToList();
        var people = closure.Fold(new Rulings(configuration.Identity.Limits, [.. book.Links, new LinkRuling(named[0], named[1], Joins: true)]));
        var contacts = people.ToDictionary(person => person, person => person.Events.Select(contactEvent => closure.Row(contactEvent).ContactKey).OfType<long>().ToHashSet());
        var joined = people.FirstOrDefault(person => person.Nodes.Contains(named[0]) && person.Nodes.Contains(named[1]));
        var apart = contacts.Values.SelectMany(keys => keys).GroupBy(key => key).Where(parts => parts.Count() > 1).Select(parts => parts.Key).Order();
        writer.WriteStartObject("impact");
        writer.WriteStartObject("mustLink");
        writer.WriteStartArray("joins");
        foreach (var contact in joined is null ? [] : contacts[joined].Order().Select(session.FindContact).OfType<ContactRow>()) WriteContact(writer, contact);
        writer.WriteEndArray();
        writer.WriteStartArray("comesApart");
        foreach (var contact in apart.Select(session.FindContact).OfType<ContactRow>()) WriteContact(writer, contact);
        writer.WriteEndArray();
        writer.WriteString("summary", joined is null ? "a decision that they are different people is stronger" : "these become one contact, past the limits");
        writer.WriteEndObject();
        writer.WriteString("cannotLink", "changes nothing now; they stay apart, whatever comes");
        writer.WriteEndObject();
    }

    /// <summary>Of a shared value: how many contacts have it.</summary>
    public void WriteValue(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject("impact");
        writer.WriteNumber("contacts", session.First(
            "select count(distinct contact_key) from mention join event using (event_key) join node using (node_key) where mention.name = $name", row => row.GetInt64(0), ("$name", name)));
        writer.WriteString("blockValue", "changes nothing now; it joins nobody, however few it comes together with");
        writer.WriteEndObject();
    }

    private EventClosure Closure(long groupKey, string one, string other)
    {
        if (closures.TryGetValue(groupKey, out var known)) return known;
        var closure = new EventClosure(session, new IdentityRules(configuration), new Rulings(configuration.Identity.Limits, book.Links), book.Blocks, _ => true);
        closure.Gather([one, other]);
        closures.Add(groupKey, closure);
        return closure;
    }

    private static void WriteContact(Utf8JsonWriter writer, ContactRow contact)
    {
        writer.WriteStartObject();
        writer.WriteString("id", contact.Id);
        writer.WriteNumber("events", contact.State.Events);
        writer.WriteNumber("identifiers", contact.State.Identifiers.Count);
        writer.WriteEndObject();
    }
}
