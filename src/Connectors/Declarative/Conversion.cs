using System.Globalization;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Turns a text into what a member of a contract holds.</summary>
internal static class Conversion
{
    /// <summary>The conversion to a type; null when it is not made of a single text.</summary>
    public static Func<Told, object>? To(Type type) => type switch
    {
        _ when type == typeof(string) => told => told.Text,
        _ when type == typeof(decimal) => told => PayloadText.Decimal(told.Text, told.Path),
        _ when type == typeof(long) => told => PayloadText.Integer(told.Text, told.Path),
        _ when type == typeof(DateTimeOffset) => told => PayloadText.Time(told.Text, told.Path),
        _ when type == typeof(DateOnly) => told => PayloadText.Date(told.Text, told.Path),
        _ when type == typeof(bool) => told => told.Text switch { "true" => true, "false" => false, _ => throw told.Not("true or false") },
        { IsEnum: true } => ToEnum(type),
        _ => null,
    };

    /// <summary>The names of an enumeration as they are written in a file.</summary>
    public static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(DeclarationErrors.Camel);

    /// <summary>An ISO 4217 code in upper case.</summary>
    public static object Currency(Told told) => Amounts.IsCurrency(told.Text) ? told.Text.ToUpperInvariant() : throw told.Not("an ISO 4217 currency");

    /// <summary>What is wrong with a text that the declaration gives; null when it fits.</summary>
    public static string? Problem(string text, Type type, Func<Told, object> convert)
    {
        try
        {
            convert(new Told(text, null));
            return null;
        }
        catch (PayloadException exception)
        {
            return type.IsEnum ? $"is not known here{SettingsBinder.Suggestion(text, Names(type))}" : exception.Problem;
        }
    }

    private static Func<Told, object> ToEnum(Type type)
    {
        var known = Enum.GetNames(type).ToDictionary(DeclarationErrors.Camel, name => Enum.Parse(type, name), StringComparer.Ordinal);
        var expected = string.Create(CultureInfo.InvariantCulture, $"one of {string.Join(", ", known.Keys)}");
        return told => known.TryGetValue(told.Text, out var value) ? value : throw told.Not(expected);
    }
}
