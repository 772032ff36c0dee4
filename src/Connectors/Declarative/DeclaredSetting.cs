using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A setting that a declaration adds to the usual ones.</summary>
/// <param name="Setting">Name, type and rules.</param>
/// <param name="Default">Its value where it is not set; null for none.</param>
internal sealed record DeclaredSetting(Setting Setting, object? Default)
{
    /// <summary>Name of the setting that chooses among several proofs.</summary>
    public const string Proof = "proof";

    /// <summary>The types there are, by their names in the file.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Types = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["text"] = typeof(string),
        ["timeZone"] = typeof(string),
        ["list"] = typeof(IReadOnlyList<string>),
        ["map"] = typeof(IReadOnlyDictionary<string, string>),
    };

    private static readonly string[] TextRules = ["pattern", "choices"];

    private static readonly string[] Taken = ["webhookSecret", "webhookToken", Proof, .. SettingsBinder.Settings(typeof(ConnectorSettings)).Select(setting => setting.Name)];

    /// <summary>Reads the settings of a declaration.</summary>
    public static IReadOnlyList<DeclaredSetting> Read(JObject? settings, DeclarationErrors errors) =>
        settings is null ? [] : [.. settings.Properties().Select(member => Read(member, errors)).OfType<DeclaredSetting>()];

    private static DeclaredSetting? Read(JProperty member, DeclarationErrors errors)
    {
        if (Taken.Contains(member.Name, StringComparer.Ordinal)) errors.Add(member, "is a setting that every connection has; take another name");
        else if (!member.Name.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetterLower(member.Name[0])) errors.Add(member, "is not a name for a setting; take letters and digits, a small letter first");
        if (errors.Object(member.Value) is not { } body) return null;
        errors.RequireKnown(body, "type", "description", "required", "default", "pattern", "choices");
        if (body["description"] is null) errors.Missing(body, "description", ": editors show it");
        if (body["type"] is not { } typed)
        {
            errors.Missing(body, "type", $": one of {string.Join(", ", Types.Keys)}");
            return null;
        }
        if (errors.Text(typed) is not { } name) return null;
        if (!Types.TryGetValue(name, out var type))
        {
            errors.Add(typed, $"is not a type of settings{SettingsBinder.Suggestion(name, Types.Keys)}");
            return null;
        }
        var setting = new Setting { Name = member.Name, Type = type, IsRequired = errors.Flag(body["required"]), Description = errors.Text(body["description"]), Rules = [.. Rules(name, body, errors)] };
        return new DeclaredSetting(setting, ReadDefault(setting, body, errors));
    }

    // The default is read like a connection's value, so that it keeps to the same rules.
    private static object? ReadDefault(Setting setting, JObject body, DeclarationErrors errors)
    {
        if (body["default"] is not { } given) return null;
        var values = SettingsBinder.Read([setting], new JObject { [setting.Name] = given.DeepClone() }, out var problems);
        foreach (var problem in problems) errors.Add(given, problem.Problem);
        return values?.GetValueOrDefault(setting.Name);
    }

    private static IEnumerable<ValidationAttribute> Rules(string type, JObject body, DeclarationErrors errors)
    {
        if (type == "timeZone") yield return new IanaTimeZoneAttribute();
        foreach (var rule in TextRules.Where(rule => type != "text" && body[rule] is not null)) errors.Add(body[rule] ?? body, "has a meaning for texts alone");
        if (type == "text" && errors.Text(body["pattern"]) is { } pattern && IsPattern(pattern, body["pattern"] ?? body, errors))
            yield return new RegularExpressionAttribute(pattern) { ErrorMessage = Literal($"does not match {pattern}") };
        if (type == "text" && errors.Texts(body["choices"]) is { Count: > 0 } choices) yield return Choice([.. choices.Select(choice => choice.Text)]);
    }

    /// <summary>The rule that a text is one of some.</summary>
    public static ValidationAttribute Choice(IReadOnlyList<string> choices) =>
        new AllowedValuesAttribute([.. choices]) { ErrorMessage = Literal($"is not one of {string.Join(", ", choices)}") };

    // Messages of rules are formats.
    private static string Literal(string message) => message.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static bool IsPattern(string pattern, JToken at, DeclarationErrors errors)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException exception)
        {
            errors.Add(at, $"is not a regular expression: {exception.Message}");
            return false;
        }
    }
}
