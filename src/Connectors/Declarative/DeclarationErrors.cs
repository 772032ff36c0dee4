using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Collects what is wrong with a declaration while it is read, and reads the simple values in it.</summary>
internal sealed class DeclarationErrors
{
    private readonly List<SettingsError> found = [];

    /// <summary>Everything found, each once, in the order of the lines.</summary>
    public IReadOnlyList<SettingsError> All => [.. found.Distinct().OrderBy(error => error.Line)];

    /// <summary>Adds an error. It stays on one line: a problem may quote a name from the file.</summary>
    public void Add(JToken at, string problem) => found.Add(new SettingsError(at.Path, ((IJsonLineInfo)at).LineNumber, problem.ReplaceLineEndings(" ")));

    /// <summary>Adds the error that a member is not there.</summary>
    public void Missing(JObject parent, string name, string hint = "") =>
        found.Add(new SettingsError(parent.Path.Length == 0 ? name : $"{parent.Path}.{name}", ((IJsonLineInfo)parent).LineNumber, $"{name} is required{hint}"));

    /// <summary>Reports every member that has none of the names.</summary>
    public void RequireKnown(JObject parent, params IReadOnlyCollection<string> names)
    {
        foreach (var member in parent.Properties().Where(member => !names.Contains(member.Name, StringComparer.Ordinal)))
            Add(member, $"is not known here{SettingsBinder.Suggestion(member.Name, names)}");
    }

    /// <summary>The one member of these names that an object has; null, and an error, when there is none or several.</summary>
    public JProperty? One(JObject parent, IReadOnlyCollection<string> names, string what)
    {
        var given = parent.Properties().Where(member => names.Contains(member.Name, StringComparer.Ordinal)).ToList();
        if (given.Count == 1) return given[0];
        Add(parent, given.Count == 0
            ? $"is not {what}; write one of {string.Join(", ", names)}"
            : $"has {string.Join(" and ", given.Select(member => member.Name))}; keep one of them");
        return null;
    }

    public JObject? Object(JToken? token)
    {
        if (token is null or JObject) return (JObject?)token;
        Add(token, "is not an object");
        return null;
    }

    /// <summary>A text that is not blank.</summary>
    public string? Text(JToken? token)
    {
        if (token is null) return null;
        if (token is JValue { Value: string text } && !string.IsNullOrWhiteSpace(text)) return text;
        Add(token, "is not a text");
        return null;
    }

    /// <summary>A text, blanks included.</summary>
    public string? AnyText(JToken token)
    {
        if (token is JValue { Value: string text }) return text;
        Add(token, "is not a text");
        return null;
    }

    public int? Whole(JToken token, int least, int most)
    {
        if (token is JValue { Type: JTokenType.Integer, Value: long number } && number >= least && number <= most) return (int)number;
        Add(token, $"is not a whole number from {least} to {most}");
        return null;
    }

    public bool Flag(JToken? token)
    {
        if (token is null) return false;
        if (token.Type is JTokenType.Boolean) return (bool)token;
        Add(token, "is not true or false");
        return false;
    }

    /// <summary>One text, or a list of them.</summary>
    public IReadOnlyList<(string Text, JToken At)> Texts(JToken? token)
    {
        if (token is JArray { Count: 0 }) Add(token, "is empty");
        return [.. Several(token).Select(item => (Text: Text(item), At: item)).Where(item => item.Text is not null).Select(item => (item.Text ?? "", item.At))];
    }

    /// <summary>The items of a list, or the one that stands in its place.</summary>
    public static IEnumerable<JToken> Several(JToken? token) => token is JArray list ? list : token is null ? [] : new[] { token };

    /// <summary>One of the values of an enumeration, in camel case.</summary>
    public TEnum? Choice<TEnum>(JToken? token) where TEnum : struct, Enum
    {
        if (Text(token) is not { } text || token is null) return null;
        var names = Enum.GetNames<TEnum>();
        if (names.FirstOrDefault(name => Camel(name) == text) is { } known) return Enum.Parse<TEnum>(known);
        Add(token, $"is not known here{SettingsBinder.Suggestion(text, names.Select(Camel))}");
        return null;
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
