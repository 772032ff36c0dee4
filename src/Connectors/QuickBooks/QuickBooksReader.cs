using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Turns entities into facts.</summary>
internal sealed class QuickBooksReader(QuickBooksSettings settings)
{
    private readonly QuickBooksPeople people = new(settings.DefaultCountry, settings.HomeCurrency);

    public Normalization Read(ObjectReference what, Payload body)
    {
        var (entity, id) = (QuickBooksEntities.Of(what), body["Id"].RequiredId());
        if (body["status"].IsText && body["status"].Text() is "Deleted") return Deleted(entity, id, body);
        var (operation, at) = Operation(what);
        return entity switch
        {
            QuickBooksEntities.Customer => Customer(body),
            QuickBooksEntities.Payment => operation is QuickBooksEntities.Voided || QuickBooksSale.IsVoided(body)
                ? Normalization.Of(PaymentVoided(body, id, at))
                : new Normalization.Ignored(entity, "a payment; the invoices that it paid tell what became of them"),
            QuickBooksEntities.Estimate => Normalization.Of([.. Buyer(body), Estimate(body, id), .. Sent(operation, at, entity, id, body)]),
            _ => Sale(entity, id, operation, at, body),
        };
    }

    private Normalization Sale(string entity, string id, string? operation, DateTimeOffset? at, Payload body)
    {
        var sale = new QuickBooksSale(entity, id, body, QuickBooksPeople.OfSale(body), settings);
        if (operation is QuickBooksEntities.Voided || sale.IsVoid) return Facts(entity, [.. Buyer(body), .. sale.Voided(at)]);
        return Facts(entity, [.. Buyer(body), .. sale.Facts(), .. Sent(operation, at, entity, id, body)]);
    }

    private static Normalization Facts(string entity, IReadOnlyList<Fact> facts) =>
        facts.Count > 0 ? Normalization.Of(facts) : new Normalization.Ignored(entity, "the setting sales leaves it to the tool that tells the same sales");

    /// <summary>Jobs and projects are work for a customer, and no people.</summary>
    private Normalization Customer(Payload body) => QuickBooksObjects.ParentOf(body) is null
        ? Normalization.Of(CustomerFact(body))
        : new Normalization.Ignored(QuickBooksEntities.Customer, "a job or project; the customer that it is for is told by itself");

    private Fact CustomerFact(Payload body)
    {
        var (id, changed) = (body["Id"].RequiredId(), QuickBooksTime.Changed(body));
        if (body["Active"].Flag() is false)
            return QuickBooksHooks.Removed(id, changed) with { Key = $"customers/{id}/inactive/{QuickBooksTime.Key(changed)}" };
        return new Fact($"customers/{id}/state/{QuickBooksTime.Key(changed)}", new ContactObserved
        {
            OccurredAt = changed,
            Person = people.OfCustomer(body, id),
            Source = QuickBooksHooks.Source(QuickBooksEntities.Customer, id),
        });
    }

    // A customer that was made inactive before says so by itself.
    private IEnumerable<Fact> Buyer(Payload sale) =>
        sale[QuickBooksObjects.Buyer] is { IsObject: true } buyer && buyer["Active"].Flag() is not false && QuickBooksObjects.ParentOf(buyer) is null ? [CustomerFact(buyer)] : [];

    private Normalization Deleted(string entity, string id, Payload body)
    {
        var at = QuickBooksTime.Changed(body);
        if (entity == QuickBooksEntities.Customer) return Normalization.Of(QuickBooksHooks.Removed(id, at));
        return settings.Sales is QuickBooksSales.Count && entity is QuickBooksEntities.Invoice or QuickBooksEntities.SalesReceipt
            ? Normalization.Of(QuickBooksHooks.SaleDeleted(entity, id, at))
            : new Normalization.Ignored(entity, "deleted, and which customer it was for is not told any more");
    }

    private static Fact PaymentVoided(Payload body, string id, DateTimeOffset? at) => new($"payments/{id}/voided", new PaymentFailed
    {
        OccurredAt = at ?? QuickBooksTime.Changed(body),
        Person = QuickBooksPeople.OfSale(body),
        Source = QuickBooksHooks.Source(QuickBooksEntities.Payment, id),
        PaymentId = id,
        Reason = "voided",
    });

    private Fact Estimate(Payload body, string id)
    {
        var changed = QuickBooksTime.Changed(body);
        var stage = body["TxnStatus"].Text();
        return new Fact($"estimates/{id}/state/{QuickBooksTime.Key(changed)}", new DealChanged
        {
            OccurredAt = changed,
            Person = QuickBooksPeople.OfSale(body),
            Source = QuickBooksHooks.Source(QuickBooksEntities.Estimate, id),
            DealId = $"estimate/{id}",
            Title = body["DocNumber"].Text() is { } number ? $"Estimate {number}" : "Estimate",
            Value = QuickBooksMoney.Of(body["TotalAmt"], body, settings.HomeCurrency),
            Stage = stage,
            Status = stage switch { "Accepted" or "Closed" or "Converted" => DealStatus.Won, "Rejected" => DealStatus.Lost, "Pending" => DealStatus.Open, _ => null },
        });
    }

    private static IEnumerable<Fact> Sent(string? operation, DateTimeOffset? at, string entity, string id, Payload body)
    {
        if (operation is not QuickBooksEntities.Emailed || at is not { } sentAt) return [];
        var name = QuickBooksEntities.NameOf(entity);
        return [new Fact($"{entity}s/{id}/emailed/{QuickBooksTime.Key(sentAt)}", new EmailSent
        {
            OccurredAt = sentAt,
            Person = QuickBooksPeople.OfSale(body),
            Source = QuickBooksHooks.Source(entity, id),
            CampaignId = $"{entity}/{id}",
            CampaignName = body["DocNumber"].Text() is { } number ? $"{name} {number}" : name,
        })];
    }

    private static (string? Operation, DateTimeOffset? At) Operation(ObjectReference what)
    {
        if (what.ObjectType.Split('_') is not [_, var operation]) return (null, null);
        if (what.ObjectId.Split('/') is not [_, var time] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > 7_000_000_000_000)
            throw new PayloadException("$", "is not told with the time of what was done");
        return (operation, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }
}
