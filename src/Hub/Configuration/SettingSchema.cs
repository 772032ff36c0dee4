using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>JSON Schema of one setting: type, range, pattern and what the documentation says. Every text may hold <c>${…}</c>.</summary>
internal sealed class SettingSchema
{
    private const string ReferencePattern = @"\$\{";

    private readonly SettingDescriptions descriptions = new();

    public JObject Of(Setting setting)
    {
        var schema = OfType(Nullable.GetUnderlyingType(setting.Type) ?? setting.Type, setting);
        if (!setting.IsRequired) AllowNull(schema);
        if ((setting.Description ?? (setting.Property is { } property ? descriptions.Of(property) : null)) is { } description) schema.AddFirst(new JProperty("description", description));
        return schema;
    }

    /// <summary>What the schema allows, or a text with a reference.</summary>
    public static JObject OrReference(JObject schema) => AnyOf(schema, Text(ReferencePattern));

    private static JObject OfType(Type type, Setting setting) => type switch
    {
        _ when type == typeof(string) => OfText(setting),
        _ when type == typeof(bool) => Typed("boolean"),
        _ when type == typeof(int) => Number("integer", setting),
        _ when type == typeof(decimal) => Number("number", setting),
        _ when type == typeof(TimeSpan) => TextOrReference(@"^-?P.|^-?(\d+\.)?\d\d:\d\d:\d\d"),
        _ when type == typeof(Uri) => TextOrReference("^[Hh][Tt][Tt][Pp][Ss]?:"),
        _ when type == typeof(Secrets) => AnyOf(Text(@"\S"), new JObject { ["type"] = "array", ["items"] = Text(@"\S"), ["minItems"] = 1 }),
        _ when type.IsEnum => OrReference(new JObject { ["enum"] = new JArray(Enum.GetNames(type).Select(name => char.ToLowerInvariant(name[0]) + name[1..])) }),
        _ when type == typeof(IReadOnlyList<string>) => new JObject { ["type"] = "array", ["items"] = Typed("string") },
        _ when type == typeof(IReadOnlyDictionary<string, string>) => new JObject { ["type"] = "object", ["additionalProperties"] = Typed("string") },
        _ => throw new NotSupportedException($"Settings of type {type} are not supported."),
    };

    private static JObject OfText(Setting setting)
    {
        if (setting.Rules.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed) return OrReference(new JObject { ["enum"] = new JArray(allowed.Values.OfType<string>()) });
        return setting.Rules.OfType<RegularExpressionAttribute>().FirstOrDefault() is { } rule ? TextOrReference($"^(?:{rule.Pattern})$") : Typed("string");
    }

    private static JObject Number(string type, Setting setting)
    {
        var schema = Typed(type);
        if (setting.Rules.OfType<RangeAttribute>().FirstOrDefault() is not { } range) return schema;
        schema["minimum"] = Bound(range.Minimum);
        schema["maximum"] = Bound(range.Maximum);
        return schema;
    }

    /// <summary>A range of decimals is declared in texts.</summary>
    private static JToken Bound(object bound) =>
        bound is string text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : JToken.FromObject(bound);

    private static void AllowNull(JObject schema)
    {
        if (schema["anyOf"] is JArray choices) choices.Add(Typed("null"));
        else if (schema["type"] is { } type) schema["type"] = new JArray(type, "null");
    }

    private static JObject Typed(string type) => new() { ["type"] = type };

    private static JObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JObject TextOrReference(string pattern) => Text($"{pattern}|{ReferencePattern}");

    private static JObject AnyOf(params JObject[] choices) => new() { ["anyOf"] = new JArray(choices.Cast<object>().ToArray()) };
}
