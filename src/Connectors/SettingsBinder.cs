using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors;

/// <summary>Something is wrong with a setting.</summary>
/// <param name="Path">Path within the document, for example <c>connections.shop_eu.settings.webhookSecret</c>.</param>
/// <param name="Line">Line in the document, from 1; 0 when unknown.</param>
/// <param name="Problem">What is wrong and what to do; never the value of a secret.</param>
public sealed record SettingsError(string Path, int Line, string Problem);

/// <summary>Reads a settings record from JSON strictly: unknown names, wrong types, missing and out-of-range values are all reported at once.</summary>
public static class SettingsBinder
{
    /// <summary>Binds an object.</summary>
    /// <param name="type">A record with init properties.</param>
    /// <param name="settings">The object.</param>
    /// <param name="errors">All errors; empty when the result is not null.</param>
    public static object? Bind(Type type, JObject settings, out IReadOnlyList<SettingsError> errors)
    {
        var known = Settings(type);
        if (Read(known, settings, out errors) is not { } values) return null;
        var result = type.GetConstructor(Type.EmptyTypes) is { } constructor ? constructor.Invoke(null) : RuntimeHelpers.GetUninitializedObject(type);
        foreach (var setting in known.Where(setting => values.ContainsKey(setting.Name))) setting.Property?.SetValue(result, values[setting.Name]);
        errors = result is IValidatableObject rules ? [.. rules.Validate(new ValidationContext(result)).Select(broken => Broken(settings, broken))] : [];
        return errors.Count == 0 ? result : null;
    }

    /// <summary>Reads the values of an object.</summary>
    /// <param name="known">The settings there are.</param>
    /// <param name="settings">The object.</param>
    /// <param name="errors">All errors; empty when the result is not null.</param>
    /// <returns>The values that are given, by name.</returns>
    public static IReadOnlyDictionary<string, object>? Read(IReadOnlyList<Setting> known, JObject settings, out IReadOnlyList<SettingsError> errors)
    {
        List<SettingsError> found = [];
        Dictionary<string, object> values = new(StringComparer.Ordinal);
        var names = known.Select(setting => setting.Name).ToList();
        foreach (var member in settings.Properties().Where(member => !names.Contains(member.Name, StringComparer.Ordinal)))
            found.Add(Error(member, $"is not a setting here{Suggestion(member.Name, names)}"));
        foreach (var setting in known) Read(settings, setting, values, found);
        errors = found;
        return found.Count == 0 ? values : null;
    }

    /// <summary>The settings that a record has.</summary>
    public static IReadOnlyList<Setting> Settings(Type type) => [.. Properties(type).Select(Setting.Of)];

    /// <summary>Properties that can be set, in the order declared, the base record's last.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    /// <summary>The same settings with their secrets in the opposite order, so that the oldest signs; the settings themselves when there is nothing to turn round.</summary>
    public static ConnectorSettings WithOldestSecretFirst(ConnectorSettings settings)
    {
        var copy = settings with { };
        foreach (var property in Properties(settings.GetType()))
        {
            if (property.GetValue(settings) is Secrets { Count: > 1 } secrets) property.SetValue(copy, new Secrets(secrets.Reverse()));
        }
        return copy;
    }

    /// <summary>A property's name in JSON.</summary>
    public static string NameOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    /// <summary>Whether the property must be given.</summary>
    public static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary><c>; did you mean "…"?</c> with the nearest of the names, or what names there are.</summary>
    public static string Suggestion(string given, IEnumerable<string> names)
    {
        var known = names.ToList();
        var nearest = known.MinBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant()));
        if (nearest is null) return "";
        return Distance(given.ToLowerInvariant(), nearest.ToLowerInvariant()) <= Math.Max(2, nearest.Length / 3)
            ? $"; did you mean \"{nearest}\"?"
            : $"; there are: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
    }

    private static void Read(JObject settings, Setting setting, Dictionary<string, object> values, List<SettingsError> errors)
    {
        var token = settings[setting.Name];
        if (token is null || token.Type is JTokenType.Null)
        {
            if (setting.IsRequired) errors.Add(Error((JToken?)settings.Property(setting.Name) ?? settings, $"{setting.Name} is required{Hint(setting)}", setting.Name));
            return;
        }
        if (!TryRead(token, setting.Type, out var value, out var expected) || value is null)
        {
            errors.Add(Error(token, $"is not {expected}"));
            return;
        }
        foreach (var rule in setting.Rules)
        {
            var outcome = rule.GetValidationResult(value, new ValidationContext(settings) { MemberName = setting.Name, DisplayName = setting.Name });
            if (outcome is not null) errors.Add(Error(token, outcome.ErrorMessage ?? "is out of range"));
        }
        values[setting.Name] = value;
    }

    // What settings must be together, as the record itself says; the error stands at the first that it names.
    private static SettingsError Broken(JObject settings, ValidationResult broken)
    {
        var name = broken.MemberNames.FirstOrDefault() ?? "";
        var problem = broken.ErrorMessage ?? "is out of range";
        return settings[name] is { } token ? Error(token, problem) : Error(settings, problem, name.Length > 0 ? name : null);
    }

    private static string Hint(Setting setting) =>
        setting.IsSecret ? ": without it nobody could tell the vendor from a stranger; write \"${NAME}\" and set the environment variable" : "";

    private static bool TryRead(JToken token, Type type, out object? value, out string expected)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        (value, expected) = type switch
        {
            _ when type == typeof(string) => (token.Type is JTokenType.String ? (string?)token : null, "a text"),
            _ when type == typeof(bool) => (token.Type is JTokenType.Boolean ? (object)(bool)token : null, "true or false"),
            _ when type == typeof(int) => (ReadInt(token), "a whole number"),
            _ when type == typeof(decimal) => (ReadDecimal(token), "a number that can be held"),
            _ when type == typeof(TimeSpan) => (ReadDuration(token), "a duration such as \"PT5M\" or \"00:05:00\""),
            _ when type == typeof(Uri) => (ReadUri(token), "an absolute https or http address"),
            _ when type == typeof(Secrets) => (ReadSecrets(token), "a secret that is not blank, or a list of such"),
            _ when type.IsEnum => (ReadEnum(token, type), "one of " + string.Join(", ", Enum.GetNames(type).Select(Camel))),
            _ when type == typeof(IReadOnlyList<string>) => (ReadTexts(token), "a list of texts"),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => (ReadMap(token), "an object whose values are texts"),
            _ => throw new NotSupportedException($"Settings of type {type} are not supported."),
        };
        return value is not null;
    }

    private static object? ReadInt(JToken token) =>
        token.Type is JTokenType.Integer && long.TryParse(token.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static object? ReadDecimal(JToken token) =>
        token.Type is JTokenType.Integer or JTokenType.Float
            && decimal.TryParse(((JValue)token).ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static object? ReadDuration(JToken token)
    {
        if (token.Type is not JTokenType.String || (string?)token is not { } text) return null;
        // Without both colons "300" would be 300 days and "5:00" five hours.
        if (text.Count(letter => letter is ':') == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration)) return duration;
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static Uri? ReadUri(JToken token) =>
        token.Type is JTokenType.String && Uri.TryCreate((string?)token, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri : null;

    private static Secrets? ReadSecrets(JToken token)
    {
        var texts = token.Type is JTokenType.String ? [(string?)token ?? ""] : ReadTexts(token);
        return texts is null or [] || texts.Any(string.IsNullOrWhiteSpace) ? null : new Secrets(texts);
    }

    private static object? ReadEnum(JToken token, Type type) =>
        token.Type is JTokenType.String && Enum.GetNames(type).SingleOrDefault(name => Camel(name) == (string?)token) is { } name ? Enum.Parse(type, name) : null;

    private static IReadOnlyList<string>? ReadTexts(JToken token) =>
        token is JArray array && array.All(item => item.Type is JTokenType.String) ? [.. array.Select(item => (string?)item ?? "")] : null;

    private static Dictionary<string, string>? ReadMap(JToken token) =>
        token is JObject map && map.Properties().All(member => member.Value.Type is JTokenType.String)
            ? map.Properties().ToDictionary(member => member.Name, member => (string?)member.Value ?? "", StringComparer.Ordinal)
            : null;

    private static SettingsError Error(JToken token, string problem, string? missing = null)
    {
        var path = token is JProperty or { Parent: not null } || missing is null ? token.Path : "";
        if (missing is not null && token is not JProperty) path = path.Length == 0 ? missing : $"{path}.{missing}";
        return new SettingsError(path, ((IJsonLineInfo)token).LineNumber, problem);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
