using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>Which of the claims on a field holds: a pinned one, else the more trusted connection's, then the latest by vendor time, then the higher event id. Claims that their source has since deleted do not take part.</summary>
internal sealed class Survivorship(IdentitySettings settings, DecisionBook decisions)
{
    /// <summary>The winner of a field, or null when no claim is left.</summary>
    public Claim? Winner(ContactState state, IReadOnlyList<Claim> claims)
    {
        Claim? winner = null;
        foreach (var claim in claims)
        {
            if (!Stands(state, claim)) continue;
            if (winner is null || Outweighs(claim, winner)) winner = claim;
        }
        return winner;
    }

    /// <summary>All fields that have a value, by name.</summary>
    public IEnumerable<(string Name, Claim Claim)> Fields(ContactState state)
    {
        var pins = decisions.PinsOf(state.Identifiers.Keys);
        foreach (var (name, claims) in state.Fields)
        {
            if (!pins.ContainsKey(name) && Winner(state, claims) is { } winner) yield return (name, winner);
        }
        foreach (var (name, (pin, made)) in pins.OrderBy(pin => pin.Key, StringComparer.Ordinal)) yield return (name, Pinned(pin, made));
    }

    /// <summary>The tags the person has, with the claim that says so.</summary>
    public static IEnumerable<(string Tag, Claim Claim)> Tags(ContactState state)
    {
        foreach (var (tag, claims) in state.Tags)
        {
            if (claims.Where(claim => claim.Value == "on" && Stands(state, claim)).MaxBy(claim => claim.Stamp) is { } claim) yield return (tag, claim);
        }
    }

    /// <summary>Whether the claim's source still has what it said.</summary>
    public static bool Stands(ContactState state, Claim claim) => !state.Removals.TryGetValue(claim.Source, out var removed) || claim.Stamp > removed;

    /// <summary>A pin as a claim: it stands under the decision's id and time.</summary>
    public static Claim Pinned(PinField pin, StoredDecision made) => new(Claim.OfDecision, Claim.OfDecision, pin.Value, new Stamp(made.MadeAt.ToDb(), made.Id));

    private bool Outweighs(Claim claim, Claim other)
    {
        var byTrust = settings.TrustOf(claim.Connection).CompareTo(settings.TrustOf(other.Connection));
        return byTrust != 0 ? byTrust > 0 : claim.Stamp > other.Stamp;
    }
}
