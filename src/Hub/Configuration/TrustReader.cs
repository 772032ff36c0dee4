using System.Collections.Frozen;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Sync.Record;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads <c>identity.trust</c>: for each connection a number, or numbers by field.</summary>
internal sealed class TrustReader(Findings findings, IReadOnlySet<string> connections)
{
    private const string Default = "default";
    private const string NotTrust = "is not a whole number from 0 to 100";

    private static readonly string[] Names = [Default, .. PersonFields.Names];

    /// <summary>JSON Schema of the object.</summary>
    public static string Schema { get; } = new JObject
    {
        ["type"] = "object",
        ["additionalProperties"] = new JObject { ["anyOf"] = new JArray(Trust(), new JObject
        {
            ["type"] = "object",
            ["properties"] = new JObject(Names.Select(name => new JProperty(name, Trust()))),
            ["patternProperties"] = new JObject { [@"^custom\.."] = Trust() },
            ["additionalProperties"] = false,
        }) },
        ["description"] = "How far to trust what a connection says, 0 to 100, by connection; 50 when it is not listed. The higher one wins. "
            + "Numbers by field trust it in some fields more than in others; default is for the rest.",
    }.ToString();

    public FrozenDictionary<string, FieldTrust> Read(JToken token)
    {
        if (token is not JObject map)
        {
            findings.Add(token, "is not an object of whole numbers by connection");
            return FrozenDictionary<string, FieldTrust>.Empty;
        }
        Dictionary<string, FieldTrust> trust = new(StringComparer.Ordinal);
        foreach (var member in map.Properties())
        {
            if (!connections.Contains(member.Name)) findings.Add(member, $"is not a connection of this file{SettingsBinder.Suggestion(member.Name, connections)}");
            if (OfConnection(member.Value) is { } read) trust[member.Name] = read;
        }
        return trust.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FieldTrust? OfConnection(JToken token)
    {
        if (token is JObject byField) return ByField(byField);
        if (Number(token) is { } number) return new FieldTrust(number, FrozenDictionary<string, int>.Empty);
        findings.Add(token, NotTrust);
        return null;
    }

    private FieldTrust ByField(JObject map)
    {
        var usual = IdentitySettings.DefaultTrust;
        Dictionary<string, int> fields = new(StringComparer.Ordinal);
        foreach (var member in map.Properties())
        {
            if (member.Name != Default && !PersonFields.IsField(member.Name))
                findings.Add(member, $"is not a field of a contact{SettingsBinder.Suggestion(member.Name, [.. Names, PersonFields.CustomPrefix + "…"])}");
            if (Number(member.Value) is not { } number) findings.Add(member.Value, NotTrust);
            else if (member.Name == Default) usual = number;
            else fields[member.Name] = number;
        }
        return new FieldTrust(usual, fields.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static JObject Trust() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 100 };

    private static int? Number(JToken token) => token is JValue { Type: JTokenType.Integer, Value: long number and >= 0 and <= 100 } ? (int)number : null;
}
