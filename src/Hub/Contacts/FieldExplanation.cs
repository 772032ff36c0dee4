using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Why a field of a contact has its value.</summary>
internal static class FieldExplanation
{
    /// <returns>The explanation, or null when nothing was ever told about the field.</returns>
    public static ClaimExplanation? Of(string field, ContactStory story)
    {
        var (identity, state) = (story.Configuration.Identity, story.State);
        var tellings = story.Tellings(alone => alone.Fields.GetValueOrDefault(field) ?? [])
            .OrderByDescending(telling => identity.TrustOf(telling.Claim.Connection, field)).ThenByDescending(telling => telling.Claim.Stamp).ToList();
        var holds = new Survivorship(identity, new DecisionBook(story.Decisions)).Fields(state).FirstOrDefault(told => told.Name == field).Claim;
        if (holds is null && tellings.Count == 0) return null;
        var winner = holds is null ? null : tellings.Find(telling => telling.Claim.Stamp == holds.Stamp) ?? Pinned(holds, story);
        var losers = tellings.Where(telling => telling != winner).ToList();
        var next = losers.Find(telling => Survivorship.Stands(state, telling.Claim));
        return new ClaimExplanation(field, winner, RuleOf(field, winner?.Claim, next?.Claim, identity), [.. losers.Select(telling => (telling, WhyLost(field, telling.Claim, winner?.Claim, state, identity)))]);
    }

    private static Telling Pinned(Claim pin, ContactStory story) => new(pin, Evidence.Of(story.Decisions.First(made => made.Id == pin.Stamp.EventId)));

    private static string RuleOf(string field, Claim? winner, Claim? next, IdentitySettings identity)
    {
        if (winner is null) return "every tool that told it has deleted its record of the person since";
        if (winner.Connection == Claim.OfDecision) return "a decision pins it";
        if (next is null) return "nobody else told it";
        if (identity.TrustOf(winner.Connection, field) != identity.TrustOf(next.Connection, field)) return $"{winner.Connection} is trusted more ({identity.TrustOf(winner.Connection, field)}) than {next.Connection} ({identity.TrustOf(next.Connection, field)})";
        return next.Stamp.At == winner.Stamp.At ? "told at the same time as another, the higher event id decides" : "told last, by the tools' clocks";
    }

    private static string WhyLost(string field, Claim claim, Claim? winner, ContactState state, IdentitySettings identity)
    {
        if (!Survivorship.Stands(state, claim)) return "the tool has deleted its record of the person since";
        if (winner is null || winner.Connection == Claim.OfDecision) return "a decision pins another value";
        if (identity.TrustOf(claim.Connection, field) < identity.TrustOf(winner.Connection, field)) return $"{claim.Connection} is trusted less ({identity.TrustOf(claim.Connection, field)})";
        if (claim.Stamp.At == winner.Stamp.At) return "told at the same time, with a lower event id";
        return claim.Stamp.At is null ? "told without a time" : "told earlier";
    }
}
