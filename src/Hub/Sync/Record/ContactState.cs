using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>
/// What is known of one contact: a fold of the events that concern it. Folding is commutative, and two states of disjoint events combine
/// into the state of all of them, so neither arrival order nor merging changes the outcome, and no history has to be read again.
/// The entities (orders and so on) are kept beside it; their contribution is in <see cref="Orders"/>.
/// </summary>
internal sealed class ContactState
{
    /// <summary>Claims by field, the latest of each source. Which of them wins is decided when the contact is read, by <see cref="Survivorship"/>.</summary>
    public SortedDictionary<string, List<Claim>> Fields { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Identifiers by node name, with the claim that told each first.</summary>
    public SortedDictionary<string, Claim> Identifiers { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The latest word on each tag of each source: whether the person has it.</summary>
    public SortedDictionary<string, List<Claim>> Tags { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Consent by channel.</summary>
    public SortedDictionary<string, Claim> Consent { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The latest hard bounce or complaint.</summary>
    public Claim? Suppression { get; set; }

    /// <summary>When a source deleted its record of the person: its claims up to then count no more.</summary>
    public SortedDictionary<string, Stamp> Removals { get; set; } = new(StringComparer.Ordinal);

    public DateTimeOffset? FirstSeen { get; set; }

    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>How many events were folded in.</summary>
    public long Events { get; set; }

    public Engagement Engagement { get; set; } = new();

    public OrderTotals Orders { get; set; } = new();

    /// <summary>Takes in one event that is not part of the state yet.</summary>
    /// <param name="contactEvent">The event.</param>
    /// <param name="identifiers">Its identifiers, normalized.</param>
    public void Apply(ContactEvent contactEvent, IReadOnlyList<IdentityNode> identifiers)
    {
        var stamp = Stamp.Of(contactEvent);
        var source = SourceOf(contactEvent, identifiers);
        Events++;
        See(contactEvent);
        foreach (var node in identifiers.Where(node => node.IsIdentifier)) Keep(Identifiers, node.Name, new Claim(source, contactEvent.Connection, node.Raw, stamp), Earlier);
        foreach (var (name, value) in PersonFields.Of(contactEvent.Person)) Claim(Fields, name, new Claim(source, contactEvent.Connection, value, stamp));
        foreach (var tag in contactEvent.Person.Tags) Claim(Tags, tag, new Claim(source, contactEvent.Connection, "on", stamp));
        foreach (var tag in contactEvent.Person.RemovedTags) Claim(Tags, tag, new Claim(source, contactEvent.Connection, "off", stamp));
        ApplyKind(contactEvent, source, stamp);
    }

    /// <summary>Takes in the state of other events.</summary>
    public void Absorb(ContactState other)
    {
        Events += other.Events;
        if (other.FirstSeen is { } first && (FirstSeen is null || first < FirstSeen)) FirstSeen = first;
        if (other.LastSeen is { } last && (LastSeen is null || last > LastSeen)) LastSeen = last;
        foreach (var (name, claim) in other.Identifiers) Keep(Identifiers, name, claim, Earlier);
        foreach (var (name, claims) in other.Fields) claims.ForEach(claim => Claim(Fields, name, claim));
        foreach (var (name, claims) in other.Tags) claims.ForEach(claim => Claim(Tags, name, claim));
        foreach (var (channel, claim) in other.Consent) Keep(Consent, channel, claim, ConsentOutweighs);
        foreach (var (source, stamp) in other.Removals) Remove(source, stamp);
        Suppress(other.Suppression);
        Engagement.Absorb(other.Engagement);
        Orders.Absorb(other.Orders);
    }

    /// <summary>A source of claims: a connection, and there the one record it keeps of the person.</summary>
    public static string SourceOf(ContactEvent contactEvent, IReadOnlyList<IdentityNode> identifiers)
    {
        var customer = identifiers.FirstOrDefault(node => node.Kind is IdentifierKind.Customer);
        return customer is null ? contactEvent.Connection : $"{contactEvent.Connection}:{customer.Value}";
    }

    private void See(ContactEvent contactEvent)
    {
        if (contactEvent.TimeBasis is not TimeBasis.Vendor) return;
        if (FirstSeen is null || contactEvent.OccurredAt < FirstSeen) FirstSeen = contactEvent.OccurredAt;
        if (LastSeen is null || contactEvent.OccurredAt > LastSeen) LastSeen = contactEvent.OccurredAt;
    }

    private void ApplyKind(ContactEvent contactEvent, string source, Stamp stamp)
    {
        Claim Say(string value) => new(source, contactEvent.Connection, value, stamp);
        switch (contactEvent)
        {
            case ConsentChanged consent:
                Keep(Consent, Names.Of(consent.Channel), Say(Names.Of(consent.State)), ConsentOutweighs);
                break;
            case EmailSubscribed:
                Keep(Consent, Names.Of(ConsentChannel.Email), Say(Names.Of(ConsentState.Granted)), ConsentOutweighs);
                break;
            case EmailUnsubscribed:
                Keep(Consent, Names.Of(ConsentChannel.Email), Say(Names.Of(ConsentState.Withdrawn)), ConsentOutweighs);
                break;
            case EmailBounced { Type: BounceType.Hard }:
                Suppress(Say("bounce"));
                break;
            case EmailComplained:
                Suppress(Say("complaint"));
                break;
            case ContactRemovedAtSource:
                Remove(source, stamp);
                break;
        }
        Engagement.Apply(contactEvent);
    }

    private void Suppress(Claim? claim)
    {
        if (claim is not null && (Suppression is null || claim.Stamp > Suppression.Stamp)) Suppression = claim;
    }

    private void Remove(string source, Stamp stamp)
    {
        if (!Removals.TryGetValue(source, out var held) || stamp > held) Removals[source] = stamp;
    }

    private static void Claim(SortedDictionary<string, List<Claim>> claims, string name, Claim claim)
    {
        if (!claims.TryGetValue(name, out var held)) claims.Add(name, held = []);
        var index = held.FindIndex(other => other.Source == claim.Source);
        if (index < 0) held.Add(claim);
        else if (claim.Stamp > held[index].Stamp) held[index] = claim;
    }

    private static void Keep(SortedDictionary<string, Claim> claims, string name, Claim claim, Func<Claim, Claim, bool> outweighs)
    {
        if (!claims.TryGetValue(name, out var held) || outweighs(claim, held)) claims[name] = claim;
    }

    private static bool Earlier(Claim claim, Claim held) => Compare(claim.Stamp, held.Stamp) < 0;

    // Among the earliest a claim without a vendor's time comes last, as it does among the latest.
    private static int Compare(Stamp one, Stamp other)
    {
        var byTime = (one.At ?? long.MaxValue).CompareTo(other.At ?? long.MaxValue);
        return byTime != 0 ? byTime : one.EventId.CompareTo(other.EventId);
    }

    // The latest word counts; of two at the same time the withdrawal.
    private static bool ConsentOutweighs(Claim claim, Claim held)
    {
        var byTime = (claim.Stamp.At ?? long.MinValue).CompareTo(held.Stamp.At ?? long.MinValue);
        if (byTime != 0) return byTime > 0;
        var withdraws = claim.Value == Names.Of(ConsentState.Withdrawn);
        return withdraws != (held.Value == Names.Of(ConsentState.Withdrawn)) ? withdraws : claim.Stamp > held.Stamp;
    }
}

/// <summary>What a source said, and by which event.</summary>
/// <param name="Source">The connection, and after a colon the vendor's id of the person there, when told.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Value">The value.</param>
/// <param name="Stamp">When, and by which event.</param>
internal sealed record Claim(string Source, string Connection, string Value, Stamp Stamp)
{
    /// <summary>Stands in place of a connection where a person decided.</summary>
    public const string OfDecision = "(decision)";
}
