namespace IntegrationHub.Connectors;

/// <summary>A connector whose vendor has an API to read from. What was read is an object, which enters the inbox as a delivery and is read like one.</summary>
public interface IVendorObjects
{
    /// <summary>How the API is reached; null when the settings hold no key to it.</summary>
    ApiAccess? Api { get; }

    /// <summary>Turns an object into facts, with the keys by which the vendor's webhooks tell them. Synchronous and pure.</summary>
    /// <param name="what">Which object it is.</param>
    /// <param name="delivery">Its body; <see cref="WebhookDelivery.ReceivedAt"/> is when it was read.</param>
    /// <exception cref="PayloadException">It can't be read; the hub quarantines it with the path and the problem.</exception>
    Normalization Normalize(ObjectReference what, WebhookDelivery delivery);
}

/// <summary>A connector that fetches the objects that its webhooks only hint at.</summary>
public interface IHydrate : IVendorObjects
{
    /// <summary>Reads the object, with what belongs to it, as it is now.</summary>
    /// <returns>The object first; others that belong to it may follow. None when the vendor has nothing to tell of it.</returns>
    /// <exception cref="VendorException">It can't be read; the hub tries again, or tells the admin, by the kind of fault.</exception>
    /// <exception cref="PayloadException">The answer is not what it should be.</exception>
    Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken);
}

/// <summary>A connector that reads history, and what webhooks missed.</summary>
public interface IBackfill : IVendorObjects
{
    /// <summary>What can be read, each on its own, in this order: the vendor's words, for example <c>customers</c>, <c>orders</c>.</summary>
    IReadOnlyList<string> Streams { get; }

    /// <summary>Reads one page of a stream, the oldest change first where the vendor can.</summary>
    /// <exception cref="VendorException">It can't be read; the hub tries again, or tells the admin, by the kind of fault.</exception>
    /// <exception cref="PayloadException">The answer is not what it should be.</exception>
    Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken);
}

/// <summary>Asks for a page.</summary>
/// <param name="Stream">One of <see cref="IBackfill.Streams"/>.</param>
/// <param name="Since">Objects changed at or after this time, UTC; null for all.</param>
/// <param name="Until">The time the run began, UTC: what changes later may be left to the next run.</param>
/// <param name="Cursor"><see cref="BackfillPage.Next"/> of the page before; null for the first. The connector's own text: a token, a page number, an offset.</param>
public sealed record BackfillRequest(string Stream, DateTimeOffset? Since, DateTimeOffset Until, string? Cursor);

/// <summary>A page.</summary>
/// <param name="Objects">The objects, none on an empty page.</param>
/// <param name="Next">Where the next page begins; null when this is the last one.</param>
public sealed record BackfillPage(IReadOnlyList<VendorObject> Objects, string? Next)
{
    /// <summary>How many objects the stream holds in all, where the vendor says so: for the progress bar.</summary>
    public long? Total { get; init; }
}
