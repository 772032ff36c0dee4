using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Turns fetched objects into facts.</summary>
internal sealed class BigCommerceReader(BigCommercePeople people)
{
    // A record that was made a moment before it was changed was not changed by anybody.
    private static readonly TimeSpan OneMoment = TimeSpan.FromSeconds(10);

    public Normalization Read(ObjectReference what, Payload body) => what.ObjectType switch
    {
        BigCommerceObjects.Customer => Normalization.Of(Customer(body)),
        BigCommerceObjects.Address => Address(what, body),
        BigCommerceObjects.Subscriber => Normalization.Of(Subscriber(body)),
        BigCommerceObjects.Cart => Cart(body),
        _ => Order(what, body),
    };

    private Fact Customer(Payload body)
    {
        var (id, modified) = (body["id"].RequiredId(), BigCommerceTime.Modified(body));
        return new Fact($"customers/{id}/state/{BigCommerceTime.Key(modified)}", new ContactObserved
        {
            OccurredAt = modified,
            Person = people.OfCustomer(body, id),
            Source = Source(BigCommerceObjects.Customer, id),
        });
    }

    /// <summary>The customer as before, and the address that was changed at the time of the webhook. A change of an address does not count as one of the customer.</summary>
    private Normalization Address(ObjectReference what, Payload body)
    {
        if (what.ObjectId.Split('/') is not [var id, var address, var time] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw new PayloadException("$", "is not an address of a customer");
        var at = PayloadText.EpochSeconds(seconds, "$");
        if (people.OfAddress(body, id, address) is not { } person) return Normalization.Of(Customer(body));
        return Normalization.Of(Customer(body), new Fact($"customers/{id}/addresses/{address}/{BigCommerceTime.Key(at)}", new ContactObserved
        {
            OccurredAt = at,
            Person = person,
            Source = Source(BigCommerceObjects.Customer, id),
        }));
    }

    /// <summary>
    /// The newsletter. Somebody without a consent has left it, or never ticked the box at the checkout: only a record that was changed since it was made tells the former.
    /// </summary>
    private static Fact Subscriber(Payload body)
    {
        var id = body["id"].RequiredId();
        var (created, modified) = (BigCommerceTime.Created(body), BigCommerceTime.Modified(body));
        var isIn = body["consents"].Items().Any(consent => consent.Text() == "marketing_newsletter");
        var (person, source, key) = (BigCommercePeople.OfSubscriber(body, id), Source(BigCommerceObjects.Subscriber, id), BigCommerceTime.Key(modified));
        return (isIn, modified - created > OneMoment) switch
        {
            (true, false) => new Fact($"subscribers/{id}/subscribed", new EmailSubscribed { OccurredAt = created, Person = person, Source = source }),
            (true, true) => new Fact($"subscribers/{id}/consent/{key}", new ConsentChanged
            {
                OccurredAt = modified,
                Person = person,
                Source = source,
                Channel = ConsentChannel.Email,
                State = ConsentState.Granted,
                Basis = "marketing_newsletter",
            }),
            (false, true) => new Fact($"subscribers/{id}/unsubscribed/{key}", new EmailUnsubscribed { OccurredAt = modified, Person = person, Source = source }),
            (false, false) => new Fact($"subscribers/{id}/state/{key}", new ContactObserved { OccurredAt = modified, Person = person, Source = source }),
        };
    }

    private static Normalization Cart(Payload body)
    {
        var id = body["id"].RequiredText();
        var at = BigCommerceTime.Required(body["updated_time"]);
        return Normalization.Of($"carts/{id}/state/{BigCommerceTime.Key(at)}", new CartAbandoned
        {
            OccurredAt = at,
            Person = BigCommercePeople.OfCart(body, id),
            Source = Source(BigCommerceObjects.Cart, id),
            CartId = id,
            Total = BigCommerceGoods.Amount(body["cart_amount"], body["currency"]["code"]),
            Items = BigCommerceGoods.OfCart(body),
        });
    }

    private Normalization Order(ObjectReference what, Payload body)
    {
        if (body["payment_method"].Text() is "Test Payment Gateway") return new Normalization.Ignored(what.ObjectType, "a test order: it was paid by the test payment gateway, which charges nobody");
        var facts = new BigCommerceOrder(body, people).Facts().ToList();
        return facts.Count > 0 ? Normalization.Of(facts) : new Normalization.Ignored(what.ObjectType, "an order that was begun at the checkout and is not placed; it may never be");
    }

    private static SourceReference Source(string type, string id) => new() { ObjectType = type, ObjectId = id };
}
