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
    public sealed record Events(IReadOnlyList<Fact> Facts) : Normalization
    {
        /// <summary>Objects that the same delivery only hints at.</summary>
        public IReadOnlyList<ObjectReference> ToFetch { get; init; } = [];

        /// <summary>Items of the same delivery that can't be read: the facts count, and the delivery is kept in quarantine for the rest.</summary>
        public IReadOnlyList<Invalid> Unread { get; init; } = [];
    }

    /// <summary>Nothing the hub keeps, on purpose; counted by topic.</summary>
    /// <param name="Topic">The vendor's topic.</param>
    /// <param name="Reason">Why, for an admin.</param>
    public sealed record Ignored(string Topic, string Reason) : Normalization;

    /// <summary>Hints only: the objects have to be fetched.</summary>
    /// <param name="References">The objects, one at least, each once.</param>
    public sealed record NeedsHydration(params IReadOnlyList<ObjectReference> References) : Normalization
    {
        /// <summary>Items of the same delivery that can't be read; it is kept in quarantine for them.</summary>
        public IReadOnlyList<Invalid> Unread { get; init; } = [];
    }

    /// <summary>It can't be read; it is kept in quarantine.</summary>
    /// <param name="Path">Where in the delivery, for example <c>$.customer.id</c>.</param>
    /// <param name="Problem">What is wrong there; holds no personal data.</param>
    public sealed record Invalid(string Path, string Problem) : Normalization;

    /// <summary>These facts.</summary>
    public static Normalization Of(params IReadOnlyList<Fact> facts) => new Events(facts);

    /// <summary>One fact.</summary>
    public static Normalization Of(string key, ContactEvent contactEvent) => new Events([new Fact(key, contactEvent)]);

    /// <summary>The object has to be fetched.</summary>
    public static Normalization Fetch(string objectType, string objectId) => new NeedsHydration(new ObjectReference(objectType, objectId));

    /// <summary>What several items of one delivery say together: the facts of all, the objects to fetch for any, and what can't be read; when there are neither facts nor objects, the first that can't be read, or what the first one says.</summary>
    /// <param name="items">The items, one at least.</param>
    /// <param name="read">Reads an item; one that throws <see cref="PayloadException"/> does not hold up the others.</param>
    /// <exception cref="PayloadException">The batch is empty.</exception>
    public static Normalization Batch<T>(IEnumerable<T> items, Func<T, Normalization> read) => Batch(items.Select(item => Try(() => read(item))));

    /// <inheritdoc cref="Batch{T}"/>
    public static Normalization Batch(IEnumerable<Normalization> items)
    {
        List<Fact> facts = [];
        List<ObjectReference> toFetch = [];
        List<Invalid> unread = [];
        Normalization? first = null;
        foreach (var item in items)
        {
            first ??= item;
            if (item is Invalid invalid) unread.Add(invalid);
            if (item is NeedsHydration hints) toFetch.AddRange(hints.References);
            if (item is not Events events) continue;
            facts.AddRange(events.Facts);
            toFetch.AddRange(events.ToFetch);
        }
        if (facts.Count > 0) return new Events(facts) { ToFetch = [.. toFetch.Distinct()], Unread = unread };
        if (toFetch.Count > 0) return new NeedsHydration([.. toFetch.Distinct()]) { Unread = unread };
        return unread.FirstOrDefault() ?? first ?? throw new PayloadException("$", "is an empty batch");
    }

    /// <summary>Runs a connector over a delivery, a webhook or a fetched object; what it can't read becomes <see cref="Invalid"/>. What the connector got from <see cref="WebhookDelivery.Json"/> can't be read afterwards.</summary>
    public static Normalization Run(IWebhookSource source, WebhookDelivery delivery)
    {
        try
        {
            return WithoutTooLong(Try(() =>
            {
                if (delivery.Object is not { } fetched) return source.Normalize(delivery);
                return source is IVendorObjects objects ? objects.Normalize(fetched, delivery) : new Invalid("$", "is a fetched object, which the connector does not read");
            }));
        }
        finally
        {
            delivery.Release();
        }
    }

    // What is no id of anything holds up neither the facts nor the other objects.
    private static Normalization WithoutTooLong(Normalization read)
    {
        IReadOnlyList<ObjectReference> toFetch = read switch
        {
            Events events => events.ToFetch,
            NeedsHydration hints => hints.References,
            _ => [],
        };
        var unread = toFetch.Where(reference => reference.IsTooLong).Select(reference => new Invalid("$", $"hints at an object by an id of {reference.ObjectId.Length} characters, which no object has")).ToList();
        if (unread.Count == 0) return read;
        List<ObjectReference> sound = [.. toFetch.Where(reference => !reference.IsTooLong)];
        return read switch
        {
            Events events => events with { ToFetch = sound, Unread = [.. events.Unread, .. unread] },
            NeedsHydration hints when sound.Count > 0 => hints with { References = sound, Unread = [.. hints.Unread, .. unread] },
            _ => unread[0],
        };
    }

    private static Normalization Try(Func<Normalization> read)
    {
        try
        {
            return read();
        }
        catch (PayloadException exception)
        {
            return new Invalid(exception.Path, exception.Problem);
        }
    }
}
