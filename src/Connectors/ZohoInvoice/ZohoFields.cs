using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Custom fields, by their API names: <c>cf_kilde</c>.</summary>
internal static class ZohoFields
{
    /// <summary>Names and values of those that are filled in.</summary>
    public static IEnumerable<(string Name, string Value)> Read(Payload record)
    {
        foreach (var field in record["custom_fields"].Items())
        {
            if ((field["api_name"].Text() ?? field["label"].Text()) is not { } name) continue;
            var value = field["value"];
            if (!value.IsObject && !value.IsList && value.Scalar() is { } text) yield return (name, text);
        }
    }

    public static string? Value(Payload record, string? name) =>
        name is null ? null : Read(record).Where(field => field.Name == name).Select(field => field.Value).FirstOrDefault();

    /// <summary>What brought the customer, where the business keeps it in custom fields such as <c>cf_utm_source</c>.</summary>
    public static Attribution? Attribution(Payload record)
    {
        var told = new Attribution
        {
            Source = Value(record, "cf_utm_source"),
            Medium = Value(record, "cf_utm_medium"),
            Campaign = Value(record, "cf_utm_campaign"),
            Term = Value(record, "cf_utm_term"),
            Content = Value(record, "cf_utm_content"),
        };
        return told == new Attribution() ? null : told;
    }

    public static bool IsUtm(string name) => name.StartsWith("cf_utm_", StringComparison.Ordinal);

    public static bool IsTicked(string? value) => value?.ToUpperInvariant() is "TRUE" or "1" or "YES" or "ON";
}
