using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Two nodes that are one person, and what says so first: an event that names both, or a decision.</summary>
internal sealed record ContactLink(string One, string Other, Evidence Said);

/// <summary>Why the nodes of a contact are one person.</summary>
internal sealed class ContactLinks(ContactStory story)
{
    /// <summary>The shortest chain from one node to another; null when nothing joins them.</summary>
    public IReadOnlyList<ContactLink>? Chain(string from, string to)
    {
        var links = All().ToLookup(link => link.One, StringComparer.Ordinal);
        Dictionary<string, ContactLink?> reachedBy = new(StringComparer.Ordinal) { [from] = null };
        Queue<string> open = new([from]);
        while (open.TryDequeue(out var node) && !reachedBy.ContainsKey(to))
        {
            foreach (var link in links[node].Where(link => reachedBy.TryAdd(link.Other, link))) open.Enqueue(link.Other);
        }
        if (!reachedBy.TryGetValue(to, out var last)) return null;
        List<ContactLink> chain = [];
        for (var link = last; link is not null; link = reachedBy[link.One]) chain.Insert(0, link);
        return chain;
    }

    /// <summary>The ties that hold the contact together, in the order in which they are taken: those of decisions, then the strongest, then those said first.</summary>
    public IReadOnlyList<ContactLink> Forest()
    {
        var sets = new DisjointSets();
        var said = story.Events.ToDictionary(contactEvent => contactEvent.EventId);
        var ties = IdentityResolver.Ties(story.Events.Select(contactEvent => (Claim: new IdentityClaim(contactEvent.EventId, Stamp.Of(contactEvent).At, story.Own(contactEvent)), Nodes: story.Own(contactEvent))))
            .Select(tie => new ContactLink(tie.One.Name, tie.Other.Name, Evidence.Of(said[tie.First.EventId])));
        List<ContactLink> taken = [];
        foreach (var link in Ruled().Concat(ties).Where(link => sets.Find(link.One) != sets.Find(link.Other)))
        {
            sets.Join(link.One, link.Other);
            taken.Add(link);
        }
        return taken;
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<ContactLink> links)
    {
        writer.WriteStartArray("ties");
        foreach (var link in links)
        {
            writer.WriteStartObject();
            writer.WriteString("one", link.One);
            writer.WriteString("other", link.Other);
            link.Said.WriteMembers(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The same for people to read.</summary>
    public static string Text(string title, IEnumerable<ContactLink> links)
    {
        var text = new StringBuilder().AppendLine(title);
        foreach (var link in links) text.AppendLine($"  {link.One} = {link.Other}, told by {link.Said}.");
        return text.ToString();
    }

    private IEnumerable<ContactLink> Ruled() => story.Decisions.Where(made => made.Decision is MustLink link && story.Nodes.Contains(link.One) && story.Nodes.Contains(link.Other))
        .Select(made => (Made: made, Link: (MustLink)made.Decision)).OrderBy(ruled => new LinkRuling(ruled.Link.One, ruled.Link.Other, Joins: true)).ThenBy(ruled => (ruled.Made.MadeAt, ruled.Made.Id))
        .Select(ruled => new ContactLink(ruled.Link.One, ruled.Link.Other, Evidence.Of(ruled.Made)));

    // Every event ties all that it names; of several that tie the same the first one is shown, and a decision where no event does.
    private IEnumerable<ContactLink> All()
    {
        Dictionary<(string, string), ContactLink> links = [];
        foreach (var contactEvent in story.Events.OrderBy(contactEvent => new FirstSaid(Stamp.Of(contactEvent).At, contactEvent.EventId)))
        {
            var nodes = story.Own(contactEvent);
            if (nodes.Count == 1) continue;
            var said = Evidence.Of(contactEvent);
            foreach (var one in nodes)
            {
                foreach (var other in nodes.Where(other => other.Name != one.Name)) links.TryAdd((one.Name, other.Name), new ContactLink(one.Name, other.Name, said));
            }
        }
        foreach (var link in Ruled())
        {
            links.TryAdd((link.One, link.Other), link);
            links.TryAdd((link.Other, link.One), new ContactLink(link.Other, link.One, link.Said));
        }
        return links.Values;
    }
}
