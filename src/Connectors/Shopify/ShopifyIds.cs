using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Ids as Shopify writes them: 7700101 in most bodies, <c>gid://shopify/Customer/7700101</c> in the others. Both read as the number.</summary>
internal static class ShopifyIds
{
    private const string GlobalPrefix = "gid://shopify/";

    /// <summary>The first id told; null when there is none.</summary>
    public static string? Of(params ReadOnlySpan<Payload> told)
    {
        foreach (var id in told)
        {
            if (id.Id() is { } text) return text.StartsWith(GlobalPrefix, StringComparison.Ordinal) ? Number(text, id) : text;
        }
        return null;
    }

    /// <summary>The first id told; there must be one.</summary>
    public static string Required(params ReadOnlySpan<Payload> told) => Of(told) ?? throw told[0].Missing();

    /// <summary>The id of a resource that names itself: a customer, an order, a refund.</summary>
    public static string Self(Payload resource) => Required(resource["id"], resource["admin_graphql_api_id"]);

    /// <summary>Somebody of whom nothing but the customer id is told.</summary>
    public static Person Customer(string id) => new() { Identifiers = [Identifier.Customer(id)] };

    private static string Number(string global, Payload id)
    {
        var number = global[(global.LastIndexOf('/') + 1)..];
        var query = number.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) number = number[..query];
        return number.Length > 0 ? number : throw id.Not("a global id of Shopify");
    }
}
