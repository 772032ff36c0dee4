using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Why a field of a contact has its value: what won, by which rule, and what lost, and why.</summary>
internal sealed class FieldExplanation
{
    private FieldExplanation(string field, Claim? winner, string rule, IReadOnlyList<(Claim Claim, string Why)> losers)
    {
        Field = field;
        Winner = winner;
        Rule = rule;
        Losers = losers;
    }

    public string Field { get; }

    /// <summary>What holds; null when no claim is left.</summary>
    public Claim? Winner { get; }

    /// <summary>The rule that chose it.</summary>
    public string Rule { get; }

    /// <summary>What lost, the strongest first, and why.</summary>
    public IReadOnlyList<(Claim Claim, string Why)> Losers { get; }

    public static FieldExplanation Of(string field, ContactState state, IEnumerable<TimelineEntry> timeline, HubConfiguration configuration, DecisionBook decisions)
    {
        var rules = new IdentityRules(configuration);
        var claims = timeline.SelectMany(entry => PersonFields.Of(entry.Event.Person).Where(told => told.Name == field).Select(told => new Claim(
                ContactState.SourceOf(entry.Event, rules.NodesOf(entry.Event)), entry.Event.Connection, told.Value, Stamp.Of(entry.Event))))
            .OrderByDescending(claim => configuration.Identity.TrustOf(claim.Connection, field)).ThenByDescending(claim => claim.Stamp).ToList();
        var winner = new Survivorship(configuration.Identity, decisions).Fields(state).FirstOrDefault(told => told.Name == field).Claim;
        var losers = claims.Where(claim => claim.Stamp != winner?.Stamp).Select(claim => (claim, WhyLost(field, claim, winner, state, configuration.Identity))).ToList();
        return new FieldExplanation(field, winner, RuleOf(field, winner, losers.Select(loser => loser.claim).FirstOrDefault(claim => Survivorship.Stands(state, claim)), configuration.Identity), losers);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("field", Field);
        if (Winner is null) writer.WriteNull("winner");
        else WriteClaim(writer, "winner", Winner, null);
        writer.WriteString("rule", Rule);
        writer.WriteStartArray("losers");
        foreach (var (claim, why) in Losers) WriteClaim(writer, null, claim, why);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The same for people to read.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Winner is null ? $"{Field} has no value: {Rule}." : $"{Field} is \"{Winner.Value}\", told by {Told(Winner)}: {Rule}.");
        foreach (var (claim, why) in Losers) text.AppendLine($"  not \"{claim.Value}\", told by {Told(claim)}: {why}.");
        return text.ToString();
    }

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
        if (claim.Stamp.At is null) return "told without a time";
        return claim.Stamp.At == winner.Stamp.At ? "told at the same time, with a lower event id" : "told earlier";
    }

    private static void WriteClaim(Utf8JsonWriter writer, string? name, Claim claim, string? why)
    {
        if (name is null) writer.WriteStartObject();
        else writer.WriteStartObject(name);
        writer.WriteString("value", claim.Value);
        writer.WriteString("connection", claim.Connection);
        writer.WriteString("eventId", claim.Stamp.EventId);
        ContactJson.WriteTime(writer, "occurredAt", claim.Stamp.Time);
        if (why is not null) writer.WriteString("why", why);
        writer.WriteEndObject();
    }

    private static string Told(Claim claim) => claim.Stamp.Time is { } time ? $"{claim.Connection} on {time:yyyy-MM-dd HH:mm:ss} UTC (event {claim.Stamp.EventId})" : $"{claim.Connection} (event {claim.Stamp.EventId})";
}
