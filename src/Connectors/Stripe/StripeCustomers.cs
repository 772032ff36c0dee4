using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads <c>customer.*</c>.</summary>
internal static class StripeCustomers
{
    public static Normalization Created(StripeEvent told) => Observed(told, told.Object["created"].EpochSeconds() ?? told.CreatedAt, "created");

    public static Normalization Updated(StripeEvent told) => Observed(told, told.CreatedAt, told.StateKey);

    public static Normalization Deleted(StripeEvent told) => Normalization.Of($"customers/{told.ObjectId}/deleted", new ContactRemovedAtSource
    {
        OccurredAt = told.CreatedAt,
        Person = StripePeople.OfDeletedCustomer(told.Object),
        Source = told.Source,
    });

    private static Normalization Observed(StripeEvent told, DateTimeOffset at, string what) => Normalization.Of($"customers/{told.ObjectId}/{what}", new ContactObserved
    {
        OccurredAt = at,
        Person = StripePeople.OfCustomer(told.Object),
        Source = told.Source,
        Attribution = told.Attribution,
    });
}
