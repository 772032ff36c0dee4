using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Reads customers, orders, draft orders and checkouts by their last change. A cursor of Shopify's names the last row's value and id: what changes meanwhile moves to the end, and shifts nothing.</summary>
internal static class ShopifyHistory
{
    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, IShopifyApi api, CancellationToken cancellationToken)
    {
        var stream = ShopifyQueries.Streams.First(stream => stream.Name == request.Stream);
        using var question = Question(stream.Query, request);
        var page = (await api.AskAsync(question, cancellationToken))["data"]["page"];
        var objects = page["nodes"].Items().Select(node => new VendorObject(stream.ObjectType, ShopifyIds.Self(node), node)).ToList();
        return new BackfillPage(objects, page["pageInfo"]["hasNextPage"].Flag() is true ? page["pageInfo"]["endCursor"].RequiredText() : null);
    }

    private static StringContent Question(string query, BackfillRequest request)
    {
        var variables = new JsonObject
        {
            ["since"] = request.Since is { } since ? $"updated_at:>='{since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}'" : null,
            ["after"] = request.Cursor,
        };
        var body = new JsonObject { ["query"] = query, ["variables"] = variables };
        return new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
    }
}
