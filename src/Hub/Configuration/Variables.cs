using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Puts environment variables into texts: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$${</c> is a literal <c>${</c>. An empty variable counts as unset.</summary>
internal sealed partial class Variables(Func<string, string?> environment, Findings findings)
{
    /// <summary>Replaces the references in every text of a token.</summary>
    /// <param name="token">Changed in place; a text with an unset variable stays as it is.</param>
    /// <param name="required">Whether an unset variable without default is an error.</param>
    /// <returns>Whether nothing is left to replace.</returns>
    public bool Resolve(JToken token, bool required)
    {
        var tokens = token is JContainer container ? container.Descendants() : [token];
        var texts = tokens.OfType<JValue>().Where(value => value.Type is JTokenType.String).ToList();
        var complete = true;
        foreach (var text in texts) complete &= Resolve(text, required);
        return complete;
    }

    private bool Resolve(JValue value, bool required)
    {
        if (value.Value is not string text) return true;
        StringBuilder result = new();
        var (position, complete) = (0, true);
        for (var match = Reference().Match(text); match.Success; match = match.NextMatch())
        {
            if (match.ValueSpan is "${")
            {
                findings.Add(value, Malformed(text[match.Index..]));
                return false;
            }
            result.Append(text, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.ValueSpan is "$${") result.Append("${");
            else if (ValueOf(match) is { } found) result.Append(found);
            else
            {
                complete = false;
                if (required) findings.Add(value, Unset(match.Groups["name"].Value));
            }
        }
        if (complete && position > 0) value.Value = result.Append(text, position, text.Length - position).ToString();
        return complete;
    }

    private string? ValueOf(Match match)
    {
        if (environment(match.Groups["name"].Value) is { Length: > 0 } value) return value;
        return match.Groups["default"] is { Success: true } byDefault ? byDefault.Value : null;
    }

    private static string Unset(string name) => $"environment variable {name} is not set; set it, seal it with 'secrets set {name}', or give a default with ${{{name}:-…}}";

    private static string Malformed(string rest) => rest.Contains('}', StringComparison.Ordinal)
        ? "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${"
        : "holds a ${ without its }; write ${NAME}, or $${ for a literal ${";

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>((?!\$\{)[^}])*))?\}|\$\{", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();
}
