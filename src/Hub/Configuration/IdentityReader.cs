using System.Collections.Frozen;
using IntegrationHub.Hub.Sync.Normalization;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads the <c>identity</c> object. A new member is a new row of <see cref="Members"/>.</summary>
/// <param name="variables">Replaces references in texts.</param>
/// <param name="findings">Takes what is wrong.</param>
/// <param name="connections">Names of the connections in the file.</param>
internal sealed class IdentityReader(Variables variables, Findings findings, IReadOnlySet<string> connections)
{
    private static readonly string[] LimitNames = ["emails", "phones", "users", "customersPerConnection", "sharedAbove"];
    private static readonly string[] EmailRuleNames = ["ignorePlusTags", "ignoreDotsOfGmail"];

    /// <summary>The members of the object.</summary>
    public static FrozenDictionary<string, Member> Members { get; } = new Dictionary<string, Member>(StringComparer.Ordinal)
    {
        ["blockedEmails"] = new((reader, identity, token) => identity with { BlockedEmails = reader.Blocked.Emails(token) }, """
            {"type": "array", "items": {"type": "string", "pattern": "^[^@\\s]*@[^@\\s]+$|\\$\\{"},
             "description": "E-mail addresses that identify nobody: info@example.com, or @example.com for a whole domain."}
            """),
        ["blockedPhones"] = new((reader, identity, token) => identity with { BlockedPhones = reader.Blocked.Phones(token) }, """
            {"type": "array", "items": {"type": "string", "pattern": "\\+|\\$\\{"},
             "description": "Phone numbers that identify nobody, with their country, in any notation: +49 221 5550110."}
            """),
        ["blockedIds"] = new((reader, identity, token) => identity with { BlockedIds = reader.Blocked.Nodes(token) }, """
            {"type": "array", "items": {"type": "string", "pattern": "^user:\\s*\\S|^(customer|anonymous):[a-z][a-z0-9_]*:\\s*\\S|\\$\\{"},
             "description": "Ids that identify nobody: user:guest, customer:shop_eu:0, anonymous:shop_eu:none."}
            """),
        ["emails"] = new((reader, identity, token) => identity with { Emails = reader.Emails(token) }, """
            {"type": "object", "additionalProperties": false, "properties": {
              "ignorePlusTags": {"type": "boolean", "default": false, "description": "Take zoe+shop@example.com and zoe@example.com for one mailbox."},
              "ignoreDotsOfGmail": {"type": "boolean", "default": false, "description": "Take z.oe@gmail.com and zoe@gmail.com for one mailbox; at gmail.com and googlemail.com alone."}},
             "description": "Which spellings of an e-mail address are one mailbox."}
            """),
        ["trust"] = new((reader, identity, token) => identity with { Trust = reader.Trust.Read(token) }, TrustReader.Schema),
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
        return identity with { BlockedEmails = BlockedValuesReader.Normalized(identity.BlockedEmails, identity.Emails) };
    }

    private BlockedValuesReader Blocked => new(variables, findings, connections);

    private TrustReader Trust => new(findings, connections);

    private EmailRules Emails(JToken token)
    {
        if (token is not JObject map)
        {
            findings.Add(token, "is not an object of true and false");
            return EmailRules.Default;
        }
        findings.RequireKnown(map, EmailRuleNames);
        return new EmailRules { IgnorePlusTags = Switch(map, "ignorePlusTags"), IgnoreDotsOfGmail = Switch(map, "ignoreDotsOfGmail") };
    }

    private bool Switch(JObject map, string name)
    {
        if (map[name] is not { } token) return false;
        if (token.Type is JTokenType.Boolean) return (bool)token;
        findings.Add(token, "is not true or false");
        return false;
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
}
