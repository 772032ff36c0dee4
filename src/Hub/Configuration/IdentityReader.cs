using System.Collections.Frozen;
using System.Globalization;
using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads the <c>identity</c> object. A new member is a new row of <see cref="Members"/>.</summary>
/// <param name="variables">Replaces references in texts.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="connections">Names of the connections in the file.</param>
internal sealed class IdentityReader(Variables variables, Findings findings, IReadOnlySet<string> connections)
{
    private static readonly string[] LimitNames = ["emails", "phones", "users", "customersPerConnection", "sharedAbove"];

    /// <summary>The members of the object.</summary>
    public static FrozenDictionary<string, Member> Members { get; } = new Dictionary<string, Member>(StringComparer.Ordinal)
    {
        ["blockedEmails"] = new((reader, identity, token) => identity with { BlockedEmails = reader.BlockedEmails(token) }, """
            {"type": "array", "items": {"type": "string", "pattern": "^[^@\\s]*@[^@\\s]+$|\\$\\{"},
             "description": "E-mail addresses that identify nobody: info@example.com, or @example.com for a whole domain."}
            """),
        ["trust"] = new((reader, identity, token) => identity with { Trust = reader.Trust(token) }, """
            {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 100},
             "description": "How far to trust what a connection says, 0 to 100, by connection; 50 when it is not listed. The higher one wins."}
            """),
        ["limits"] = new((reader, identity, token) => identity with { Limits = reader.Limits(token) }, """
            {"type": "object", "additionalProperties": false, "properties": {
              "emails": {"type": "integer", "minimum": 1, "maximum": 100, "default": 5, "description": "Most e-mail addresses of one contact."},
              "phones": {"type": "integer", "minimum": 1, "maximum": 100, "default": 10, "description": "Most phone numbers of one contact."},
              "users": {"type": "integer", "minimum": 1, "maximum": 100, "default": 1, "description": "Most user ids of one contact."},
              "customersPerConnection": {"type": "integer", "minimum": 1, "maximum": 100, "default": 5, "description": "Most customer ids of one contact within one connection."},
              "sharedAbove": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10, "description": "A value that comes together with more people than this names nobody; at least as high as the other limits."}},
             "description": "How much one contact may hold before joining more is doubted."}
            """),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>One member.</summary>
    /// <param name="Read">Sets it from its value.</param>
    /// <param name="Schema">JSON Schema of its value.</param>
    internal sealed record Member(Func<IdentityReader, IdentitySettings, JToken, IdentitySettings> Read, string Schema);

    public IdentitySettings Read(JToken? token)
    {
        var identity = new IdentitySettings();
        if (token is null) return identity;
        if (token is not JObject body)
        {
            findings.Add(token, "is not an object");
            return identity;
        }
        findings.RequireKnown(body, Members.Keys);
        foreach (var property in body.Properties())
        {
            if (Members.TryGetValue(property.Name, out var member)) identity = member.Read(this, identity, property.Value);
        }
        return identity;
    }

    private IReadOnlyList<string> BlockedEmails(JToken token)
    {
        if (token is not JArray list)
        {
            findings.Add(token, "is not a list of texts");
            return [];
        }
        List<string> blocked = [];
        foreach (var item in list)
        {
            if (item is not JValue { Value: string } text)
            {
                findings.Add(item, "is not a text");
                continue;
            }
            if (!variables.Resolve(text, required: true)) continue;
            var email = text.ToString(CultureInfo.InvariantCulture);
            if (IsEmailOrDomain(email)) blocked.Add(email.ToLowerInvariant());
            else findings.Add(text, "is neither an address such as info@example.com nor a domain such as @example.com");
        }
        return blocked;
    }

    private FrozenDictionary<string, int> Trust(JToken token)
    {
        if (token is not JObject map)
        {
            findings.Add(token, "is not an object of whole numbers by connection");
            return FrozenDictionary<string, int>.Empty;
        }
        Dictionary<string, int> trust = new(StringComparer.Ordinal);
        foreach (var member in map.Properties())
        {
            if (!connections.Contains(member.Name)) findings.Add(member, $"is not a connection of this file{SettingsBinder.Suggestion(member.Name, connections)}");
            if (member.Value is JValue { Type: JTokenType.Integer, Value: long number and >= 0 and <= 100 }) trust[member.Name] = (int)number;
            else findings.Add(member.Value, "is not a whole number from 0 to 100");
        }
        return trust.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private IdentityLimits Limits(JToken token)
    {
        var limits = new IdentityLimits();
        if (token is not JObject map)
        {
            findings.Add(token, "is not an object of whole numbers");
            return limits;
        }
        findings.RequireKnown(map, LimitNames);
        limits = new IdentityLimits
        {
            Emails = Limit(map, "emails", 100, limits.Emails),
            Phones = Limit(map, "phones", 100, limits.Phones),
            Users = Limit(map, "users", 100, limits.Users),
            CustomersPerConnection = Limit(map, "customersPerConnection", 100, limits.CustomersPerConnection),
            SharedAbove = Limit(map, "sharedAbove", 1000, limits.SharedAbove),
        };
        if (limits.SharedAbove < limits.Highest) findings.Add(map["sharedAbove"] ?? map, $"sharedAbove is {limits.SharedAbove}; it must be at least {limits.Highest}, the highest of the other limits");
        return limits;
    }

    private int Limit(JObject map, string name, int max, int usual)
    {
        if (map[name] is not { } token) return usual;
        if (token is JValue { Type: JTokenType.Integer, Value: long number and >= 1 } && number <= max) return (int)number;
        findings.Add(token, $"is not a whole number from 1 to {max}");
        return usual;
    }

    private static bool IsEmailOrDomain(string text) => text.Count(letter => letter is '@') == 1 && !text.EndsWith('@') && !text.Any(char.IsWhiteSpace);
}
