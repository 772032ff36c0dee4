using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Why a contact may or may not be written to, and why it has a tag.</summary>
internal static class MarkExplanation
{
    private const string Deleted = "the tool has deleted its record of the person since";

    /// <param name="what"><c>consent.email</c>, <c>suppression</c>, <c>tags.vip</c>.</param>
    /// <returns>The explanation, or null when nothing was ever told about it.</returns>
    public static ClaimExplanation? Of(string what, ContactStory story) => what.Split('.', 2) switch
    {
        ["consent", var channel] => Consent(what, channel, story),
        ["suppression"] => Suppression(what, story),
        ["tags", var tag] => Tag(what, tag, story),
        _ => null,
    };

    private static ClaimExplanation? Consent(string what, string channel, ContactStory story)
    {
        var tellings = story.Tellings(alone => alone.Consent.GetValueOrDefault(channel) ?? []).OrderByDescending(telling => telling.Claim.Stamp).ToList();
        if (tellings.Count == 0) return null;
        var holds = Survivorship.Consent(story.State).FirstOrDefault(told => told.Channel == channel).Claim;
        var winner = holds is null ? null : tellings.Find(telling => telling.Claim.Stamp == holds.Stamp);
        var losers = tellings.Where(telling => telling != winner).Select(telling => (telling, WhyNoConsent(telling.Claim, winner?.Claim, story.State))).ToList();
        return new ClaimExplanation(what, winner, winner is null ? "every tool that told it has deleted its record of the person since" : losers.Count == 0 ? "nobody else told it" : "the latest word, by the tools' clocks", losers);
    }

    private static string WhyNoConsent(Claim claim, Claim? winner, ContactState state)
    {
        if (winner is null || (!Survivorship.Withdraws(claim) && !Survivorship.Stands(state, claim))) return Deleted;
        return claim.Stamp.At == winner.Stamp.At && Survivorship.Withdraws(winner) && !Survivorship.Withdraws(claim) ? "told at the same time, and a withdrawal is stronger" : WhyEarlier(claim, winner);
    }

    private static ClaimExplanation? Suppression(string what, ContactStory story)
    {
        var tellings = story.Tellings(alone => alone.Suppression is { } claim ? [claim] : []).OrderByDescending(telling => telling.Claim.Stamp).ToList();
        if (story.State.Suppression is not { } holds || tellings.Find(telling => telling.Claim.Stamp == holds.Stamp) is not { } winner) return null;
        var losers = tellings.Where(telling => telling != winner).Select(telling => (telling, WhyEarlier(telling.Claim, holds))).ToList();
        return new ClaimExplanation(what, winner, losers.Count == 0 ? "nobody else told it" : "the latest hard bounce or complaint", losers);
    }

    private static string WhyEarlier(Claim claim, Claim winner)
    {
        if (claim.Stamp.At == winner.Stamp.At) return "told at the same time, with a lower event id";
        return claim.Stamp.At is null ? "told without a time" : "told earlier";
    }

    private static ClaimExplanation? Tag(string what, string tag, ContactStory story)
    {
        var tellings = story.Tellings(alone => alone.Tags.GetValueOrDefault(tag) ?? []).OrderByDescending(telling => telling.Claim.Stamp).ToList();
        if (tellings.Count == 0) return null;
        var holds = Survivorship.Tags(story.State).FirstOrDefault(told => told.Tag == tag).Claim;
        var winner = holds is null ? null : tellings.Find(telling => telling.Claim.Stamp == holds.Stamp);
        var rule = winner is null ? "of no tool the latest word is that the person has it" : "one tool's latest word that the person has it is enough";
        var latest = story.State.Tags[tag].Select(claim => claim.Stamp).ToHashSet();
        return new ClaimExplanation(what, winner, rule, [.. tellings.Where(telling => telling != winner).Select(telling => (telling, WhyNoTag(telling.Claim, latest, story.State)))]);
    }

    private static string WhyNoTag(Claim claim, HashSet<Stamp> latest, ContactState state)
    {
        if (!Survivorship.Stands(state, claim)) return Deleted;
        if (!latest.Contains(claim.Stamp)) return "the same tool said something later";
        return claim.Value == "on" ? "told earlier" : "it takes away only what the same tool gave";
    }
}
