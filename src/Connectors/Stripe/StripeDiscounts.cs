using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads <c>customer.discount.created</c>, and the codes of discounts wherever they stand.</summary>
internal static class StripeDiscounts
{
    public static Normalization Created(StripeEvent told)
    {
        var discount = told.Object;
        if (discount["checkout_session"].Exists) return told.Ignored("checkout.session.completed tells the discounts of its session");
        return Normalization.Of($"discounts/{told.ObjectId}", new PromoUsed
        {
            OccurredAt = discount["start"].EpochSeconds() ?? told.CreatedAt,
            Person = StripePeople.OfReference(discount),
            Source = told.Source,
            Code = Code(discount) ?? throw discount["promotion_code"].Missing(),
            OrderId = StripeEvent.Reference(discount["invoice"]),
        });
    }

    /// <summary>The promotion code, else the coupon: by the word that customers type where it is expanded, else by id.</summary>
    /// <remarks>Since 2025-09-30.clover a discount tells its coupon in <c>source</c>, and never expanded.</remarks>
    public static string? Code(Payload discount)
    {
        var promotion = discount["promotion_code"];
        return promotion["code"].Text() ?? StripeEvent.Reference(promotion)
            ?? StripeEvent.Reference(discount["source"]["coupon"]) ?? StripeEvent.Reference(discount["coupon"]);
    }
}
