using System.Globalization;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Reads what page authors write as they like: a value of an unexpected kind is unknown, and holds nothing else up.</summary>
internal static class SegmentValue
{
    /// <summary>A single value as text.</summary>
    public static string? Scalar(Payload value) => value.IsObject || value.IsList ? null : value.Scalar();

    /// <summary>A single value as text, or the single values of a list, joined.</summary>
    public static string? Text(Payload value)
    {
        if (!value.IsList) return Scalar(value);
        var items = string.Join(", ", value.Items().Select(Scalar).OfType<string>());
        return items.Length > 0 ? items : null;
    }

    /// <summary>The first of several members that holds a single value.</summary>
    public static string? Scalar(Payload holder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Scalar(holder[name]) is { } text) return text;
        }
        return null;
    }

    /// <summary>A number, or a text that is one, of 15 digits before the point at most.</summary>
    public static decimal? Decimal(Payload value) =>
        decimal.TryParse(Scalar(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15m ? number : null;

    /// <summary>An ISO 8601 time with a zone.</summary>
    public static DateTimeOffset? Time(Payload value)
    {
        try
        {
            return value.IsText ? value.Time() : null;
        }
        catch (PayloadException)
        {
            return null;
        }
    }
}
