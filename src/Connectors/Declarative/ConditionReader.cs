using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads conditions: an expression (it is known), a comparison, or <c>not</c>, <c>all</c>, <c>any</c> of others.</summary>
internal sealed class ConditionReader(ExpressionReader expressions)
{
    /// <summary>What an object can be, besides an expression.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["value", "not", "all", "any"];

    private DeclarationErrors Errors => expressions.Errors;

    /// <summary>The condition, or null when it is wrong.</summary>
    public Condition? Read(JToken token)
    {
        if (token is not JObject body || !body.Properties().Any(member => Kinds.Contains(member.Name, StringComparer.Ordinal)))
            return expressions.Read(token) is { } known ? new KnownCondition(known) : null;
        if (Errors.One(body, Kinds, "a condition") is not { } kind) return null;
        Errors.RequireKnown(body, kind.Name is "value" ? ["value", "is", "in"] : [kind.Name]);
        return kind.Name switch
        {
            "value" => Comparison(kind.Value, body),
            "not" => Read(kind.Value) is { } inner ? new NotCondition(inner) : null,
            "all" => Several(kind.Value) is { } parts ? new AllCondition(parts) : null,
            _ => Several(kind.Value) is { } parts ? new AnyCondition(parts) : null,
        };
    }

    private AmongCondition? Comparison(JToken value, JObject body)
    {
        var read = expressions.Read(value);
        if (Errors.One(body, ["is", "in"], "a comparison") is not { } others) return null;
        return expressions.Read(others.Value) is { } among && read is not null ? new AmongCondition(read, among) : null;
    }

    private IReadOnlyList<Condition>? Several(JToken token)
    {
        if (token is not JArray { Count: > 0 } list)
        {
            Errors.Add(token, "is not a list of conditions");
            return null;
        }
        var parts = list.Select(Read).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Condition>()];
    }
}
