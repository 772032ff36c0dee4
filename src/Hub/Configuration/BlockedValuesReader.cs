using System.Collections.Frozen;
using System.Globalization;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Normalization;
using IntegrationHub.Hub.Sync.Record;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads the lists of values that identify nobody. Errors quote none of them: an address or a number is personal.</summary>
internal sealed class BlockedValuesReader(Variables variables, Findings findings, IReadOnlySet<string> connections)
{
    private static readonly IdentifierKind[] Ids = [IdentifierKind.User, IdentifierKind.Customer, IdentifierKind.Anonymous];

    /// <summary>Addresses and domains, in lower case.</summary>
    public IReadOnlyList<string> Emails(JToken token) =>
        [.. Texts(token).Select(told => Email(told.Text, told.At)).OfType<string>()];

    /// <summary>Phone numbers, in E.164.</summary>
    public FrozenSet<string> Phones(JToken token) =>
        Texts(token).Select(told => Phone(told.Text, told.At)).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names of nodes.</summary>
    public FrozenSet<string> Nodes(JToken token) =>
        Texts(token).Select(told => Node(told.Text, told.At)).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Addresses as events have them after normalization, whatever the spelling in the file.</summary>
    public static IReadOnlyList<string> Normalized(IReadOnlyList<string> emails, EmailRules rules) => [.. emails.Select(email => Normalized(email, rules))];

    private static string Normalized(string email, EmailRules rules)
    {
        if (email[0] is not '@') return EmailAddress.TryNormalize(email, rules, out var normalized) ? normalized : email;
        return EmailAddress.TryNormalize("a" + email, out var inDomain) ? inDomain[1..] : email;
    }

    private string? Email(string text, JValue at)
    {
        if (text.Count(letter => letter is '@') == 1 && !text.EndsWith('@') && !text.Any(char.IsWhiteSpace)) return text.ToLowerInvariant();
        findings.Add(at, "is neither an address such as info@example.com nor a domain such as @example.com");
        return null;
    }

    private string? Phone(string text, JValue at)
    {
        if (PhoneNumber.TryNormalize(text, null, out var phone)) return phone;
        findings.Add(at, "is no phone number with its country, such as +49 221 5550110");
        return null;
    }

    private string? Node(string text, JValue at)
    {
        var (kind, rest) = Cut(text);
        var known = Ids.Where(id => Names.Of(id) == kind).Cast<IdentifierKind?>().FirstOrDefault();
        var (connection, value) = known is null or IdentifierKind.User ? ("", rest.Trim()) : Cut(rest);
        if (known is not { } idKind || value.Trim() is not { Length: > 0 } id)
        {
            findings.Add(at, "is no id; write user:VALUE, customer:CONNECTION:VALUE or anonymous:CONNECTION:VALUE");
            return null;
        }
        if (idKind is not IdentifierKind.User && !connections.Contains(connection))
            findings.Add(at, $"names no connection of this file{SettingsBinder.Suggestion(connection, connections)}");
        return IdentityNode.Of(new Identifier { Kind = idKind, Value = id }, id, connection).Name;
    }

    private static (string Before, string After) Cut(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (text[..colon], text[(colon + 1)..]);
    }

    // One by one, so that errors stand in the order of the list.
    private IEnumerable<(string Text, JValue At)> Texts(JToken token)
    {
        if (token is not JArray list)
        {
            findings.Add(token, "is not a list of texts");
            yield break;
        }
        foreach (var item in list)
        {
            if (item is not JValue { Value: string } text) findings.Add(item, "is not a text");
            else if (variables.Resolve(text, required: true)) yield return (text.ToString(CultureInfo.InvariantCulture), text);
        }
    }
}
