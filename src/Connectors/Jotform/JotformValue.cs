using System.Globalization;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>One value as Jotform writes it. The webhook does not say of which type a field is: its shape does.</summary>
internal sealed class JotformValue(Payload value)
{
    private static readonly string[] NameParts = ["prefix", "first", "middle", "last", "suffix"];
    private static readonly string[] AddressParts = ["addr_line1", "addr_line2", "city", "state", "postal", "country"];

    public Payload Payload => value;

    public bool IsName => Has("first") || Has("last");

    public bool IsPhone => Has("full") || (Has("phone") && Has("area"));

    public bool IsAddress => Has("addr_line1");

    /// <summary>A payment field: the products that were chosen, or an amount.</summary>
    public bool IsPayment => value["products"].IsList;

    /// <summary>An appointment field, whether or not a slot was picked.</summary>
    public bool IsAppointment => Has("date") && Has("duration");

    /// <summary>A text, a number or a list of such; or a date.</summary>
    public bool IsPlain => !value.IsObject || IsDate;

    private bool IsDate => Has("year") && Has("month") && Has("day");

    private bool IsTime => Has("timeInput") || Has("hourSelect");

    /// <summary>The value as text; null when nothing was answered.</summary>
    public string? Text()
    {
        if (value.IsList) return Join(", ", value.Items().Select(item => new JotformValue(item).Text()));
        if (!value.IsObject) return value.Scalar() is { } text ? Shown(text) : null;
        if (IsPayment) return Join(", ", value["products"].Items().Select(Product));
        if (IsName) return Join(" ", NameParts.Select(part => value[part].Scalar()));
        if (IsPhone) return Phone();
        if (IsAddress) return Join(", ", AddressParts.Select(part => value[part].Scalar()));
        if (IsAppointment) return value["date"].Text() is { } slot ? Join(" ", [slot, value["timezone"].Text() is { } zone ? $"({zone})" : null]) : null;
        if (IsDate) return Join(" ", [Date(), Clock(value["hour"].Scalar(), value["min"].Scalar())]);
        if (IsTime) return Clock(value["timeInput"].Scalar()) ?? Clock(value["hourSelect"].Scalar(), value["minuteSelect"].Scalar());
        return Join(", ", value.Members().Select(member => new JotformValue(member.Value).Text() is { } text ? Labelled(member.Name, text) : null));
    }

    /// <summary>Several choices one by one; otherwise the one text.</summary>
    public IReadOnlyList<string> Choices() =>
        value.IsList ? [.. value.Items().Select(item => new JotformValue(item).Text()).OfType<string>()] : Text() is { } text ? [text] : [];

    private bool Has(string member) => value.IsObject && value[member].Exists;

    // Rows of a matrix have names; what has only a position has none.
    private static string Labelled(string name, string text) => name.All(char.IsAsciiDigit) ? text : $"{name}: {text}";

    // A drawn signature is a picture, and no part of the contact record.
    private static string Shown(string text) => text.StartsWith("data:image/", StringComparison.Ordinal) ? "signed" : text;

    private string? Phone()
    {
        if (value["full"].Scalar() is { } full) return full;
        var country = value["country"].Scalar();
        if (country is not null && char.IsAsciiDigit(country[0])) country = "+" + country;
        return Join(" ", [country, value["area"].Scalar(), value["phone"].Scalar()]);
    }

    private string? Date()
    {
        if (value["year"].Scalar() is not { } year || value["month"].Scalar() is not { } month || value["day"].Scalar() is not { } day) return null;
        // Fields for a birth date name the month.
        var named = Array.FindIndex(DateTimeFormatInfo.InvariantInfo.MonthNames, name => name.Length > 0 && name.Equals(month, StringComparison.OrdinalIgnoreCase));
        return $"{year}-{(named < 0 ? month : $"{named + 1}").PadLeft(2, '0')}-{day.PadLeft(2, '0')}";
    }

    private string? Clock(string? hour, string? minute) => hour is null || minute is null ? null : Clock($"{hour}:{minute}");

    /// <summary>A time of day by 24 hours; as written where it can't be read.</summary>
    private string? Clock(string? written)
    {
        if (written is null) return null;
        var text = value["ampm"].Scalar() is { } half ? $"{written} {half}" : written;
        return TimeOnly.TryParseExact(text, ["h:mm tt", "hh:mm tt", "H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
            : text;
    }

    private static string? Product(Payload product)
    {
        var options = Join(", ", product["productOptions"].Items().Select(option => option.Scalar()));
        return Join(" ", [product["productName"].Text(), options is null ? null : $"({options})"]);
    }

    private static string? Join(string separator, IEnumerable<string?> parts) => string.Join(separator, parts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
