using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Sync;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What must hold in a world: at any moment, and when it has come to rest.</summary>
internal sealed class WorldChecks(WorldStory story, WorldSenders senders, WorldRulings rulings, WorldBus bus, DbSession session, HubConfiguration configuration)
{
    private readonly Dictionary<string, int> numbers = story.Deliveries.Select((delivery, number) => (Key: Convert.ToHexString(delivery.Key.ToDb()), number)).ToDictionary(pair => pair.Key, pair => pair.number, StringComparer.Ordinal);

    /// <summary>Acknowledged is durable, done is merged, and nothing is there that nobody told.</summary>
    public void Always()
    {
        var inbox = Inbox();
        foreach (var number in senders.Acknowledged) Require(inbox.ContainsKey(number), $"delivery {number} was acknowledged and is not in the inbox");
        var events = CalmRecord.EventsOf(session).ToHashSet();
        foreach (var number in inbox.Where(delivery => delivery.Value == DeliveryStatus.Done).Select(delivery => delivery.Key))
            Require(story.EventsOf(number).All(told => events.Contains(told.EventId)), $"delivery {number} is done and not all of its facts are in the record");
        events.ExceptWith(inbox.Keys.SelectMany(story.EventsOf).Select(told => told.EventId));
        Require(events.Count == 0, $"{events.Count} facts are in the record that no stored delivery tells");
        var holding = session.DecisionsThatHold().Select(decision => decision.Id).ToHashSet();
        Require(rulings.Firm.All(holding.Contains), "a decision was confirmed and does not hold");
    }

    /// <summary>Everything that was taken in has come to its end, and the record is what it would have become in peace.</summary>
    public void AtRest(CalmRecord calm)
    {
        Always();
        Require(senders.AllAcknowledged, "not every delivery was acknowledged");
        Require(Count("select count(*) from inbox where status = 0"), "deliveries are open");
        foreach (var (number, status) in Inbox()) Require(status == story.EndOf(number), $"delivery {number} is {status} and must be {story.EndOf(number)}");
        Require(CalmRecord.EventsOf(session).SequenceEqual(calm.Events()), "the facts are not those of the model");
        Told();
        Same(calm.Export(), "the record is not that of the model");
    }

    /// <summary>With no decision left the record is as if there had never been one.</summary>
    public void WithoutDecisions(string expected)
    {
        Require(session.DecisionsThatHold().Count == 0, "a decision still holds");
        Told();
        Same(expected, "the record without decisions is not that of the model");
    }

    private void Told()
    {
        Require(Count("select count(*) from outbox"), "messages are left in the outbox");
        foreach (var (contact, version) in session.Query("select contact_id, version from contact", row => (row.Id(0), row.GetInt64(1))))
        {
            for (var each = 1; each <= version; each++) Require(bus.Told.Contains((contact, each)), $"version {each} of {version} of a contact was not told to the world");
        }
    }

    private void Same(string expected, string problem)
    {
        var found = CalmRecord.Export(session, configuration);
        if (expected != found) throw new WorldException($"{problem}:\n{Histories.Difference(expected, found)}");
    }

    private Dictionary<int, DeliveryStatus> Inbox()
    {
        Dictionary<int, DeliveryStatus> inbox = [];
        foreach (var (key, status) in session.Query("select delivery_key, status from inbox", row => (Convert.ToHexString(row.Bytes(0)), (DeliveryStatus)row.GetInt32(1))))
        {
            Require(numbers.TryGetValue(key, out var number), "a delivery is in the inbox that nobody sent");
            Require(inbox.TryAdd(number, status), $"delivery {number} is in the inbox twice");
        }
        return inbox;
    }

    private long Count(string sql) => session.First(sql, row => row.GetInt64(0));

    private static void Require(long count, string problem) => Require(count == 0, $"{count} {problem}");

    private static void Require(bool holds, string problem)
    {
        if (!holds) throw new WorldException(problem);
    }
}

/// <summary>Something that must hold does not.</summary>
internal sealed class WorldException(string problem, Exception? inner = null) : Exception(problem, inner);
