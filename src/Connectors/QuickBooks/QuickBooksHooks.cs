using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Reads webhooks: what they point at, and what became of entities that can't be read any more.</summary>
internal static class QuickBooksHooks
{
    /// <summary>The entity as it is now.</summary>
    public static Normalization Fetch(WebhookDelivery item)
    {
        var told = QuickBooksEvent.Of(item.Json);
        return Normalization.Fetch(told.Entity, Id(told.Id));
    }

    /// <summary>The entity, and that this was done with it now.</summary>
    public static Normalization FetchOperation(WebhookDelivery item)
    {
        var told = QuickBooksEvent.Of(item.Json);
        return Normalization.Fetch($"{told.Entity}_{told.Operation}", $"{Id(told.Id)}/{told.At.ToUnixTimeMilliseconds()}");
    }

    /// <summary>Deleted most often means made inactive, which can be taken back and done again: the customer tells each time by itself, where it can still be read.</summary>
    public static Normalization CustomerDeleted(WebhookDelivery item)
    {
        var told = QuickBooksEvent.Of(item.Json);
        var id = Id(told.Id);
        return Normalization.Batch([Normalization.Of(Removed(id, told.At)), Normalization.Fetch(QuickBooksEntities.Customer, id)]);
    }

    /// <summary>The books say that the two are one: both ids are one person's from then on.</summary>
    public static Normalization CustomersMerged(WebhookDelivery item)
    {
        var told = QuickBooksEvent.Of(item.Json);
        var (kept, gone) = (Id(told.Id), Id(told.MergedId));
        var merged = new Fact($"customers/{kept}/merged/{gone}", new ContactObserved
        {
            OccurredAt = told.At,
            Person = new Person { Identifiers = [Identifier.Customer(kept), Identifier.Customer(gone)] },
            Source = Source(QuickBooksEntities.Customer, kept),
        });
        return Normalization.Batch([Normalization.Of(merged, Removed(gone, told.At)), Normalization.Fetch(QuickBooksEntities.Customer, kept)]);
    }

    /// <summary>A sale that was taken out of the books. Whose it was is known from what it told before.</summary>
    public static Normalization SaleDeleted(WebhookDelivery item)
    {
        var told = QuickBooksEvent.Of(item.Json);
        return Normalization.Of(SaleDeleted(told.Entity, Id(told.Id), told.At));
    }

    public static Fact SaleDeleted(string entity, string id, DateTimeOffset at) => new($"{entity}s/{id}/deleted", new OrderCancelled
    {
        OccurredAt = at,
        Person = new Person(),
        Source = Source(entity, id),
        OrderId = QuickBooksSale.OrderId(entity, id),
        Reason = "deleted",
    });

    public static Fact Removed(string id, DateTimeOffset at) => new($"customers/{id}/deleted", new ContactRemovedAtSource
    {
        OccurredAt = at,
        Person = new Person { Identifiers = [Identifier.Customer(id)] },
        Source = Source(QuickBooksEntities.Customer, id),
    });

    public static SourceReference Source(string entity, string id) => new() { ObjectType = entity, ObjectId = id };

    private static string Id(Payload id) => id.RequiredId() is var text && text.Length <= 20 && text.All(char.IsAsciiDigit) ? text : throw id.Not("a whole number");
}
