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

    /// <summary>All identifiers that link, by node name, those that only deleted sources told among them: <see cref="Survivorship"/> tells them apart.</summary>
    public SortedDictionary<string, IdentifierClaims> Identifiers { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The latest word on each tag of each source: whether the person has it.</summary>
    public SortedDictionary<string, List<Claim>> Tags { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Postal addresses, the latest of each source.</summary>
    public SortedDictionary<string, List<AddressClaim>> Addresses { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Values that were told to name the person and link nobody, by kind and source, the latest of each.</summary>
    public SortedDictionary<string, List<UnlinkedClaim>> Unlinked { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Consent by channel: of each source the latest withdrawal, and the latest of what else it said.</summary>
    public SortedDictionary<string, List<Claim>> Consent { get; set; } = new(StringComparer.Ordinal);

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
    /// <param name="identifiers">Its identifiers that link, normalized.</param>
    /// <param name="unlinked">Its values that link nobody.</param>
    public void Apply(ContactEvent contactEvent, IReadOnlyList<IdentityNode> identifiers, IEnumerable<UnlinkedValue> unlinked)
    {
        var stamp = Stamp.Of(contactEvent);
        var source = SourceOf(contactEvent, identifiers);
        Events++;
        See(contactEvent);
        foreach (var node in identifiers.Where(node => node.IsIdentifier)) IdentifierClaims.Tell(Identifiers, node.Name, new Claim(source, contactEvent.Connection, node.Raw, stamp));
        foreach (var (name, value) in PersonFields.Of(contactEvent.Person)) Claim(Fields, name, new Claim(source, contactEvent.Connection, value, stamp));
        foreach (var tag in contactEvent.Person.Tags) Claim(Tags, tag, new Claim(source, contactEvent.Connection, "on", stamp));
        foreach (var tag in contactEvent.Person.RemovedTags) Claim(Tags, tag, new Claim(source, contactEvent.Connection, "off", stamp));
        if (AddressClaim.Of(contactEvent.Person, source, contactEvent.Connection, stamp) is { } address) RecentClaims.Tell(Addresses, source, address);
        foreach (var value in unlinked) RecentClaims.Tell(Unlinked, $"{Names.Of(value.Kind)} {source}", UnlinkedClaim.Of(value, source, contactEvent.Connection, stamp));
        ApplyKind(contactEvent, source, stamp);
    }

    /// <summary>Takes in the state of other events.</summary>
    public void Absorb(ContactState other)
    {
        Events += other.Events;
        if (other.FirstSeen is { } first && (FirstSeen is null || first < FirstSeen)) FirstSeen = first;
        if (other.LastSeen is { } last && (LastSeen is null || last > LastSeen)) LastSeen = last;
        foreach (var (name, claims) in other.Identifiers) IdentifierClaims.Absorb(Identifiers, name, claims);
        foreach (var (name, claims) in other.Fields) claims.ForEach(claim => Claim(Fields, name, claim));
        foreach (var (name, claims) in other.Tags) claims.ForEach(claim => Claim(Tags, name, claim));
        RecentClaims.Absorb(Addresses, other.Addresses);
        RecentClaims.Absorb(Unlinked, other.Unlinked);
        foreach (var (channel, claims) in other.Consent) claims.ForEach(claim => TellConsent(channel, claim));
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
                TellConsent(Names.Of(consent.Channel), Say(Names.Of(consent.State)));
                break;
            case EmailSubscribed:
                TellConsent(Names.Of(ConsentChannel.Email), Say(Names.Of(ConsentState.Granted)));
                break;
            case EmailUnsubscribed:
                TellConsent(Names.Of(ConsentChannel.Email), Say(Names.Of(ConsentState.Withdrawn)));
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

    // A withdrawal must survive the deletion of its source, a grant must not: the later of the two may not take the other's place.
    private void TellConsent(string channel, Claim claim) => Claim(Consent, channel, claim, static (one, other) => one.Source == other.Source && Survivorship.Withdraws(one) == Survivorship.Withdraws(other));

    private static void Claim(SortedDictionary<string, List<Claim>> claims, string name, Claim claim) => Claim(claims, name, claim, static (one, other) => one.Source == other.Source);

    private static void Claim(SortedDictionary<string, List<Claim>> claims, string name, Claim claim, Func<Claim, Claim, bool> replaces)
    {
        if (!claims.TryGetValue(name, out var held)) claims.Add(name, held = []);
        for (var i = 0; i < held.Count; i++)
        {
            if (!replaces(claim, held[i])) continue;
            if (claim.Stamp > held[i].Stamp) held[i] = claim;
            return;
        }
        held.Add(claim);
    }
}
