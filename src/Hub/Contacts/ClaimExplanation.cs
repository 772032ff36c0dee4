using System.Text;
using System.Text.Json;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Why something of a contact is as it is: what won, by which rule, and what lost, and why.</summary>
/// <param name="Field">What is explained, for example <c>firstName</c> or <c>consent.email</c>.</param>
/// <param name="Winner">What holds; null when no claim is left.</param>
/// <param name="Rule">The rule that chose it.</param>
/// <param name="Losers">What lost, the strongest first, and why.</param>
internal sealed record ClaimExplanation(string Field, Telling? Winner, string Rule, IReadOnlyList<(Telling Telling, string Why)> Losers)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("field", Field);
        if (Winner is null)
        {
            writer.WriteNull("winner");
        }
        else
        {
            writer.WritePropertyName("winner");
            Write(writer, Winner, null);
        }
        writer.WriteString("rule", Rule);
        writer.WriteStartArray("losers");
        foreach (var (telling, why) in Losers) Write(writer, telling, why);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The same for people to read.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Winner is null ? $"{Field} has no value: {Rule}." : $"{Field} is \"{Winner.Claim.Value}\", told by {Winner.Evidence}: {Rule}.");
        foreach (var (telling, why) in Losers) text.AppendLine($"  not \"{telling.Claim.Value}\", told by {telling.Evidence}: {why}.");
        return text.ToString();
    }

    private static void Write(Utf8JsonWriter writer, Telling telling, string? why)
    {
        writer.WriteStartObject();
        writer.WriteString("value", telling.Claim.Value);
        telling.Evidence.WriteMembers(writer);
        if (why is not null) writer.WriteString("why", why);
        writer.WriteEndObject();
    }
}
