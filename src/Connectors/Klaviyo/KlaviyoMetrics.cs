using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Metrics of the business's own, by what the settings say they mean. Their properties are whatever was sent, so the usual names are tried.</summary>
internal sealed class KlaviyoMetrics(KlaviyoSettings settings)
{
    // To map a metric is to ask for it, also where the orders of integrations are told elsewhere.
    private readonly KlaviyoShops shops = new(settings with { Orders = KlaviyoOrders.Orders });

    /// <summary>What a metric can mean.</summary>
    public static IReadOnlyList<string> Meanings { get; } =
        ["pageViewed", "contentDownloaded", "promoUsed", "orderPlaced", "orderCancelled", "orderRefunded", "cartAbandoned", "noteAdded"];

    /// <summary>Reads a metric with this meaning.</summary>
    public Func<KlaviyoEvent, Normalization> Reader(string meaning) => meaning switch
    {
        "pageViewed" => PageViewed,
        "contentDownloaded" => ContentDownloaded,
        "promoUsed" => PromoUsed,
        "orderPlaced" => shops.Placed,
        "orderCancelled" => shops.Cancelled,
        "orderRefunded" => shops.Refunded,
        "cartAbandoned" => shops.CheckoutStarted,
        "noteAdded" => KlaviyoNotes.Told,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Normalization PageViewed(KlaviyoEvent told)
    {
        var (url, title) = (Url(told), told.Text("ProductName", "Title", "title", "Page Title", "page_title"));
        if (url is null && title is null) return told.Ignored("a page without an address or a title");
        return Normalization.Of(told.Key, new PageViewed { OccurredAt = told.Time, Person = told.Person, Source = told.Source, Attribution = UtmParameters.OfLink(url), Url = url, Title = title });
    }

    private static Normalization ContentDownloaded(KlaviyoEvent told)
    {
        var (url, title) = (Url(told), told.Text("Title", "title", "Name", "name"));
        if ((told.Scalar("ContentId", "content_id", "File", "file") ?? url ?? title) is not { } id) return told.Ignored("a download that names no content");
        return Normalization.Of(told.Key, new ContentDownloaded { OccurredAt = told.Time, Person = told.Person, Source = told.Source, ContentId = id, Title = title, Url = url });
    }

    private Normalization PromoUsed(KlaviyoEvent told)
    {
        if (told.Scalar("Code", "code", "Coupon Code", "coupon_code", "CouponCode", "DiscountCode") is not { } code) return told.Ignored("a promotion without a code");
        var order = told.Scalar("OrderId", "order_id");
        return Normalization.Of(order is null ? told.Key : $"orders/{order}/promo/{code}", new PromoUsed
        {
            OccurredAt = told.Time,
            Person = told.Person,
            Source = told.Source,
            Code = code,
            OrderId = order,
            Discount = new KlaviyoOrder(told, settings.Currency).Discount,
        });
    }

    private static string? Url(KlaviyoEvent told) => told.Text("URL", "Url", "url", "Page URL", "page_url", "page");
}
