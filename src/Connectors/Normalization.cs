using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>A contract event and the key that names the fact.</summary>
/// <param name="Key">Names the fact within the connection, not the delivery: <c>orders/450789469/placed</c>. A state that can change again carries its time or version.</param>
/// <param name="Event">The event; the kit stamps its envelope.</param>
public sealed record Fact(string Key, ContactEvent Event);

/// <summary>What a delivery turned out to say.</summary>
public abstract record Normalization
{
    private Normalization() { }

    /// <summary>Facts, one or more.</summary>
    public sealed record Events(IReadOnlyList<Fact> Facts) : Normalization;

    /// <summary>Nothing the hub keeps, on purpose; counted by topic.</summary>
    /// <param name="Topic">The vendor's topic.</param>
    /// <param name="Reason">Why, for an admin.</param>
    public sealed record Ignored(string Topic, string Reason) : Normalization;

    /// <summary>A hint only: the object has to be fetched.</summary>
    public sealed record NeedsHydration(ObjectReference Reference) : Normalization;

    /// <summary>It can't be read; it is kept in quarantine.</summary>
    /// <param name="Path">Where in the delivery, for example <c>$.customer.id</c>.</param>
    /// <param name="Problem">What is wrong there; holds no personal data.</param>
    public sealed record Invalid(string Path, string Problem) : Normalization;

    /// <summary>These facts.</summary>
    public static Normalization Of(params IReadOnlyList<Fact> facts) => new Events(facts);

    /// <summary>One fact.</summary>
    public static Normalization Of(string key, ContactEvent contactEvent) => new Events([new Fact(key, contactEvent)]);

    /// <summary>What several items of one delivery say together: the facts of all; when there are none, what the first one says.</summary>
    /// <param name="items">The items, one at least; none of them may need hydration while others tell facts.</param>
    /// <exception cref="PayloadException">The batch is empty.</exception>
    public static Normalization Batch(IEnumerable<Normalization> items)
    {
        List<Fact> facts = [];
        Normalization? first = null;
        foreach (var item in items)
        {
            first ??= item;
            if (item is Events events) facts.AddRange(events.Facts);
            else if (item is Invalid invalid) return invalid;
        }
        return facts.Count > 0 ? new Events(facts) : first ?? throw new PayloadException("$", "is an empty batch");
    }

    /// <summary>Runs a connector over a delivery; what it can't read becomes <see cref="Invalid"/>.</summary>
    public static Normalization Run(IWebhookSource source, WebhookDelivery delivery)
    {
        try
        {
            return source.Normalize(delivery);
        }
        catch (PayloadException exception)
        {
            return new Invalid(exception.Path, exception.Problem);
        }
    }
}

/// <summary>Points at a vendor's object that has to be fetched.</summary>
/// <param name="ObjectType">The vendor's word, for example <c>customer</c>.</param>
/// <param name="ObjectId">The vendor's id.</param>
public sealed record ObjectReference(string ObjectType, string ObjectId);
