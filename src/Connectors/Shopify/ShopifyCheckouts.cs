using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Checkouts that are not completed. Each change counts as a state; how long the buyer has to be idle is the hub's to say.</summary>
internal static class ShopifyCheckouts
{
    public static Normalization Seen(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        if (body["completed_at"].Time() is not null)
            return new Normalization.Ignored(delivery.Header(ShopifyHeaders.Topic), "the checkout was completed; its order tells the rest");
        var token = body["token"].Text() ?? TokenIn(body["abandoned_checkout_url"]);
        var changed = Moment.Of(delivery, body["updated_at"], body["created_at"]);
        return Normalization.Of($"checkouts/{token}/state/{changed}", new CartAbandoned
        {
            OccurredAt = changed.At,
            TimeBasis = changed.Basis,
            Person = ShopifyPeople.OfBuyer(body, token),
            Source = ShopifyHeaders.Source(delivery, "checkout", token),
            Attribution = ShopifyGoods.Attribution(body),
            CartId = token,
            Total = ShopifyGoods.Total(body),
            Items = ShopifyGoods.Items(body),
            RecoveryUrl = body["abandoned_checkout_url"].Text(),
        });
    }

    // The API names the checkout only in its link: …/checkouts/ac/TOKEN/recover?key=…
    private static string TokenIn(Payload link)
    {
        var path = link.RequiredText().Split('?', '#')[0].Split('/');
        var token = path.SkipWhile(part => part != "checkouts").Skip(1).FirstOrDefault(part => part.Length > 2);
        return token ?? throw link.Not("a link to a checkout");
    }
}
