using System.Globalization;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>The fields of a record by their API names, however it came: in an outbound message, in a change event, or from the API. What is not told reads as null.</summary>
internal sealed class SalesforceRecord
{
    private readonly Func<string, (string? Text, string Path)> read;

    private SalesforceRecord(string entity, string id, Func<string, (string? Text, string Path)> read)
    {
        Entity = entity;
        Id = id;
        this.read = read;
    }

    /// <summary>What it is, for example <c>Contact</c>.</summary>
    public string Entity { get; }

    /// <summary>Its id, in 18 characters.</summary>
    public string Id { get; }

    /// <summary>The record of an outbound message: the fields that an administrator chose, without those that are null.</summary>
    public static SalesforceRecord Of(XmlPayload sObject) =>
        new(EntityOf(sObject), SalesforceId.Of(sObject["Id"].Text(), sObject["Id"].Path), name => (sObject[name].Text(), sObject[name].Path));

    /// <summary>A record as the API tells it; a dot leads to a related one.</summary>
    public static SalesforceRecord Of(string entity, Payload record) => new(entity, SalesforceId.Of(record["Id"].Text(), record["Id"].Path), name =>
    {
        var value = name.Split('.').Aggregate(record, (at, part) => at[part]);
        return (value.Scalar(), value.Path);
    });

    /// <summary>The fields of a change event: those that changed; names and addresses lie in parts of their own. Of what is sent as a difference nothing can be read.</summary>
    public static SalesforceRecord Of(string entity, string id, Payload change)
    {
        var differences = change["ChangeEventHeader"]["diffFields"].Items().Select(field => field.Text()).ToHashSet(StringComparer.Ordinal);
        return new(entity, id, name =>
        {
            var value = SalesforceCompounds.Find(entity, change, name);
            // A name can be an object, of which the parts are read.
            return (value.IsObject || differences.Contains(name) ? null : value.Scalar(), value.Path);
        });
    }

    /// <summary>What the record of an outbound message is.</summary>
    public static string EntityOf(XmlPayload sObject) => sObject.Attribute("type")?.Split(':')[^1] ?? throw new PayloadException($"{sObject.Path}@type", "is missing");

    public string? Text(string name) => read(name).Text;

    public bool? Flag(string name) => read(name) switch
    {
        (null, _) => null,
        ("true", _) => true,
        ("false", _) => false,
        var (_, path) => throw new PayloadException(path, "is not true or false"),
    };

    /// <summary>A time: ISO 8601, with or without a colon in its offset, or milliseconds.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (read(name) is not ({ } text, var path)) return null;
        if (text.All(char.IsAsciiDigit)) return SalesforceTime.Of(PayloadText.Integer(text, path), path);
        var hasBareOffset = text.Length > 5 && text[^5] is '+' or '-' && text[^4..].All(char.IsAsciiDigit);
        return PayloadText.Time(hasBareOffset ? text.Insert(text.Length - 2, ":") : text, path);
    }

    public DateOnly? Date(string name) => read(name) is ({ } text, var path) ? PayloadText.Date(text, path) : null;

    public decimal? Decimal(string name) => read(name) is ({ } text, var path) ? PayloadText.Decimal(text, path) : null;

    /// <summary>The id of another record, in 18 characters.</summary>
    public string? Reference(string name) => read(name) is ({ } text, var path) ? SalesforceId.Of(text, path) : null;
}

/// <summary>Salesforce's times.</summary>
internal static class SalesforceTime
{
    public static DateTimeOffset Of(long milliseconds, string path) =>
        PayloadText.EpochSeconds(Math.DivRem(milliseconds, 1000, out var rest), path).AddMilliseconds(rest);

    /// <summary>In keys. A change event tells milliseconds, a record only seconds: the same save is the same fact.</summary>
    public static string Key(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>Fields that a change event tells as parts of a compound one. See the Change Data Capture guide, compound fields, read 2026-11-20.</summary>
internal static class SalesforceCompounds
{
    private const string Mailing = "Mailing";

    private static readonly string[] OfNames = ["FirstName", "LastName"];
    private static readonly string[] OfAddresses = ["Street", "City", "State", "PostalCode", "Country"];

    public static Payload Find(string entity, Payload change, string name)
    {
        if (entity is "Contact" or "Lead" && OfNames.Contains(name, StringComparer.Ordinal)) return change["Name"][name];
        if (entity == "Contact" && name.StartsWith(Mailing, StringComparison.Ordinal) && OfAddresses.Contains(name[Mailing.Length..], StringComparer.Ordinal)) return change["MailingAddress"][name[Mailing.Length..]];
        return entity == "Lead" && OfAddresses.Contains(name, StringComparer.Ordinal) ? change["Address"][name] : change[name];
    }
}
