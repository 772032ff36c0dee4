using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Points at an object of the shop. The link comes from the body, which is signed, and not from a header.</summary>
internal static class WooCommerceSource
{
    public static SourceReference Of(string objectType, string id) => new() { ObjectType = objectType, ObjectId = id };

    public static SourceReference Of(string objectType, Payload resource, string id)
    {
        var self = resource["_links"]["self"];
        var address = self.IsList ? self.Items().FirstOrDefault()?["href"].Text() : null;
        return Of(objectType, id) with { Url = Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? address : null };
    }
}
