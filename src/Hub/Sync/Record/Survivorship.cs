using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>Which of the claims on a field holds: a pinned one, else that of the connection which is trusted more in this field, then the latest by vendor time, then the higher event id. Claims that their source has since deleted do not take part.</summary>
internal sealed class Survivorship(IdentitySettings settings, DecisionBook decisions)
{
    /// <summary>The winner of a field, or null when no claim is left.</summary>
    public Claim? Winner(ContactState state, string field, IReadOnlyList<Claim> claims)
    {
        Claim? winner = null;
        foreach (var claim in claims)
        {
            if (!Stands(state, claim)) continue;
            if (winner is null || Outweighs(field, claim, winner)) winner = claim;
        }
        return winner;
    }

    /// <summary>All fields that have a value, by name.</summary>
    public IEnumerable<(string Name, Claim Claim)> Fields(ContactState state)
    {
        var pins = decisions.PinsOf(state.Identifiers.Keys);
        foreach (var (name, claims) in state.Fields)
        {
            if (!pins.ContainsKey(name) && Winner(state, name, claims) is { } winner) yield return (name, winner);
        }
        if (pins.Count == 0) yield break;
        foreach (var (name, (pin, made)) in pins.OrderBy(pin => pin.Key, StringComparer.Ordinal)) yield return (name, Pinned(pin, made));
    }

    /// <summary>The same as <see cref="Fields"/>, to look them up.</summary>
    public Dictionary<string, Claim> FieldsByName(ContactState state)
    {
        var fields = new Dictionary<string, Claim>(state.Fields.Count, StringComparer.Ordinal);
        foreach (var (name, claim) in Fields(state)) fields.Add(name, claim);
        return fields;
    }

    /// <summary>The tags the person has, with the claim that says so.</summary>
    public static IEnumerable<(string Tag, Claim Claim)> Tags(ContactState state)
    {
        foreach (var (tag, claims) in state.Tags)
        {
            if (claims.Where(claim => claim.Value == "on" && Stands(state, claim)).MaxBy(claim => claim.Stamp) is { } claim) yield return (tag, claim);
        }
    }

    /// <summary>The identifiers by node name: those that a source still has, or those that only deleted sources told. The latter link as before.</summary>
    public static IEnumerable<(string Name, Claim First)> Identifiers(ContactState state, bool former) =>
        state.Identifiers.Where(told => told.Value.Latest.Any(latest => Stands(state, latest.Key, latest.Value)) != former).Select(told => (told.Key, told.Value.First));

    /// <summary>Postal addresses, the latest first.</summary>
    public static IEnumerable<AddressClaim> Addresses(ContactState state) => RecentClaims.Standing(state, state.Addresses.Values);

    /// <summary>Values that link nobody, and why, by kind, the latest first.</summary>
    public IEnumerable<(UnlinkedClaim Claim, string Reason)> Unlinked(ContactState state) =>
        from kind in state.Unlinked.Values.GroupBy(claims => claims[0].Kind).OrderBy(kind => kind.Key)
        from claim in RecentClaims.Standing(state, kind)
        select (claim, claim.Reason ?? (claim.Node is { } node && decisions.Blocks(node) ? UnlinkedValue.BlockedByDecision : UnlinkedValue.Shared));

    /// <summary>Consent by channel: the latest word by vendor time, at the same time the withdrawal. A withdrawal outlives the deletion of its source, a grant does not.</summary>
    public static IEnumerable<(string Channel, Claim Claim)> Consent(ContactState state)
    {
        foreach (var (channel, claims) in state.Consent)
        {
            var standing = claims.Where(claim => Withdraws(claim) || Stands(state, claim));
            if (standing.MaxBy(claim => (claim.Stamp.At ?? long.MinValue, Withdraws(claim), claim.Stamp.EventId)) is { } claim) yield return (channel, claim);
        }
    }

    /// <summary>Whether a claim on consent takes it away.</summary>
    public static bool Withdraws(Claim consent) => consent.Value == Names.Of(ConsentState.Withdrawn);

    /// <summary>Whether the claim's source still has what it said.</summary>
    public static bool Stands(ContactState state, Claim claim) => Stands(state, claim.Source, claim.Stamp);

    /// <summary>Whether a source still has what it said then.</summary>
    public static bool Stands(ContactState state, string source, Stamp said) => !state.Removals.TryGetValue(source, out var removed) || said > removed;

    /// <summary>A pin as a claim: it stands under the decision's id and time.</summary>
    public static Claim Pinned(PinField pin, StoredDecision made) => new(Claim.OfDecision, Claim.OfDecision, pin.Value, new Stamp(made.MadeAt.ToDb(), made.Id));

    private bool Outweighs(string field, Claim claim, Claim other)
    {
        var byTrust = settings.TrustOf(claim.Connection, field).CompareTo(settings.TrustOf(other.Connection, field));
        return byTrust != 0 ? byTrust > 0 : claim.Stamp > other.Stamp;
    }
}
