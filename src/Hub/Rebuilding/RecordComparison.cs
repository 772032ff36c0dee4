using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Finds the parts in which live and shadow differ. Reads both in the same order and keeps only what differs in memory.</summary>
internal sealed class RecordComparison(DbSession live, DbSession shadow, RebuildSource source)
{
    private readonly HashSet<long> seenLive = [];
    private readonly HashSet<long> seenShadow = [];
    private readonly HashSet<string> seenValues = new(StringComparer.Ordinal);

    /// <summary>How many live contacts were compared.</summary>
    public long Contacts { get; private set; }

    public int NewEvents { get; private set; }

    public int ChangedEvents { get; private set; }

    public int GoneEvents { get; private set; }

    /// <param name="step">Called for each contact.</param>
    public IEnumerable<Difference> Find(Action step)
    {
        foreach (var lost in live.LostContacts()) yield return new Difference { Live = [lost] };
        foreach (var (one, other) in SideBySide.Join(live.ContactsByLowestName(), shadow.ContactsByLowestName(), (left, right) => SideBySide.Compare(left.Name, right.Name)))
        {
            if (one is not null) Contacts++;
            step();
            if (IsSettled(one, other)) continue;
            if (Around(one is null ? [] : [one.Key], other is null ? [] : [other.Key], []) is { } difference) yield return difference;
        }
        if (source is RebuildSource.Inbox)
        {
            foreach (var difference in FindEvents()) yield return difference;
        }
        foreach (var difference in FindValues(live.StrayNodes(), shadow.StrayNodes()).Concat(FindValues(live.RefusedTies(), shadow.RefusedTies())).Concat(FindValues(live.Mentions(), shadow.Mentions())))
            yield return difference;
    }

    private bool IsSettled(NamedContact? one, NamedContact? other) => one is not null && other is not null
        && (seenLive.Contains(one.Key) || ContactImage.Read(live, one.Key).SaysSameAs(ContactImage.Read(shadow, other.Key)));

    private IEnumerable<Difference> FindEvents()
    {
        foreach (var (one, other) in SideBySide.Join(live.EventsById(), shadow.EventsById(), (left, right) => SideBySide.Compare(left.EventId, right.EventId)))
        {
            if (one is null) NewEvents++;
            else if (other is null) GoneEvents++;
            else if (!EventFiller.SameContent(one, other)) ChangedEvents++;
            else continue;
            var id = (one ?? other)?.EventId ?? throw new System.Diagnostics.UnreachableException();
            var (ours, theirs) = (live.FindEvent(id)?.ContactKey, shadow.FindEvent(id)?.ContactKey);
            if (ours is null && theirs is null) yield return new Difference { Events = [id] };
            else if (Around(ours is { } key ? [key] : [], theirs is { } its ? [its] : [], []) is { } difference) yield return difference with { Events = [id] };
        }
    }

    private IEnumerable<Difference> FindValues(IEnumerable<ComparedRow> ours, IEnumerable<ComparedRow> theirs)
    {
        foreach (var (one, other) in SideBySide.Join(ours, theirs, (left, right) => SideBySide.Compare(left.Key, right.Key)))
        {
            if (one?.Content == other?.Content) continue;
            var values = (one ?? other)?.Key.Split('\u0001').Where(seenValues.Add).ToList() ?? [];
            var contacts = values.Select(value => (Live: live.FindNode(value)?.ContactKey, Shadow: shadow.FindNode(value)?.ContactKey)).ToList();
            if (values.Count > 0) yield return Around(contacts.Select(contact => contact.Live).OfType<long>(), contacts.Select(contact => contact.Shadow).OfType<long>(), values) ?? new Difference { Values = values };
        }
    }

    // Contacts that hold a node in common belong to the same difference; a contact is part of one.
    private Difference? Around(IEnumerable<long> ours, IEnumerable<long> theirs, IReadOnlyList<string> values)
    {
        List<long> foundLive = [.. ours.Where(seenLive.Add)], foundShadow = [.. theirs.Where(seenShadow.Add)];
        for (var (i, j) = (0, 0); i < foundLive.Count || j < foundShadow.Count;)
        {
            if (i < foundLive.Count) foundShadow.AddRange(ContactsWith(shadow, live.NodesOfContact(foundLive[i++])).Where(seenShadow.Add));
            else foundLive.AddRange(ContactsWith(live, shadow.NodesOfContact(foundShadow[j++])).Where(seenLive.Add));
        }
        return foundLive.Count + foundShadow.Count == 0 ? null : new Difference { Live = foundLive, Shadow = foundShadow, Values = values };
    }

    private static IEnumerable<long> ContactsWith(DbSession session, List<string> nodes) => nodes.Select(node => session.FindNode(node)?.ContactKey).OfType<long>();
}
