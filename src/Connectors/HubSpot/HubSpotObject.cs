using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>An object as HubSpot's API tells it: every property is a text or null.</summary>
internal sealed class HubSpotObject(HubSpotKind kind, Payload body)
{
    /// <summary>The object's id, unique among those of its kind.</summary>
    public string Id => body["id"].RequiredId();

    /// <summary>Whether it lies in the recycle bin.</summary>
    public bool IsArchived => body["archived"].Flag() is true;

    /// <summary>When it was put there.</summary>
    public DateTimeOffset ArchivedAt => body["archivedAt"].RequiredTime();

    /// <summary>When it changed last.</summary>
    public DateTimeOffset Modified => Time(kind.Modified) ?? body["updatedAt"].RequiredTime();

    /// <summary>Ids of the contacts that it is associated with, each once.</summary>
    public IReadOnlyList<string> Contacts => [.. body["associations"]["contacts"]["results"].Items().Select(contact => contact["id"].RequiredId()).Distinct(StringComparer.Ordinal)];

    /// <summary>A property; null when it is not filled.</summary>
    public string? Text(string name) => body["properties"][name].Text();

    /// <summary>A property of which something can't be told.</summary>
    public string RequiredText(string name) => body["properties"][name].RequiredText();

    /// <summary>A property that HubSpot writes as <c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw body["properties"][name].Not("true or false"),
    };

    /// <summary>A time: ISO 8601, a date alone for its midnight, or milliseconds.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        var path = body["properties"][name].Path;
        if (text.All(char.IsAsciiDigit)) return HubSpotTime.Of(PayloadText.Integer(text, path), path);
        return text.Length == 10 ? new DateTimeOffset(PayloadText.Date(text, path), TimeOnly.MinValue, TimeSpan.Zero) : PayloadText.Time(text, path);
    }

    /// <summary>An amount in major units; null without one, or without a currency.</summary>
    /// <param name="amount">The property with the amount.</param>
    /// <param name="currency">The property with its currency.</param>
    /// <param name="usual">The currency where that is not filled.</param>
    public Money? Money(string amount, string currency, string? usual) =>
        body["properties"][amount].Decimal() is { } value && (Amounts.Currency(body["properties"][currency]) ?? usual) is { } code ? new Money { Amount = value, Currency = code } : null;

    /// <summary>What a property was, the oldest first; null when its history was not asked for.</summary>
    public IReadOnlyList<(DateTimeOffset At, string? Value)>? History(string name) => body["propertiesWithHistory"][name] is { Exists: true } versions
        ? [.. versions.Items().Select(version => (version["timestamp"].RequiredTime(), version["value"].Text())).OrderBy(version => version.Item1)]
        : null;

    /// <summary>The object itself.</summary>
    public SourceReference Source => new() { ObjectType = kind.Name, ObjectId = Id };
}

/// <summary>HubSpot's times: milliseconds since 1970, UTC.</summary>
internal static class HubSpotTime
{
    public static DateTimeOffset Of(long milliseconds, string path) =>
        PayloadText.EpochSeconds(Math.DivRem(milliseconds, 1000, out var rest), path).AddMilliseconds(rest);

    /// <summary>In keys.</summary>
    public static string Key(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
