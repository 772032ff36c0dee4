namespace IntegrationHub.Connectors.Stripe;

/// <summary>
/// Reads events and objects. Stripe keeps events for 30 days: they tell of that time what webhooks missed, exactly. Only what is older is read as the objects that it left.
/// </summary>
/// <param name="topics">Which events are worth reading.</param>
internal sealed class StripeHistory(TopicTable topics)
{
    private const string Events = "events";

    // A day less than Stripe keeps them: a run can take a while.
    private static readonly TimeSpan EventsReachBack = TimeSpan.FromDays(29);

    /// <summary>The streams and their lists.</summary>
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["customers"] = "customers",
        ["subscriptions"] = "subscriptions",
        ["checkout_sessions"] = "checkout/sessions",
        ["payment_intents"] = "payment_intents",
        ["invoices"] = "invoices",
        ["refunds"] = "refunds",
        [Events] = Events,
    };

    public static IReadOnlyList<string> Streams { get; } = [.. Paths.Keys];

    public async Task<BackfillPage> ReadAsync(BackfillRequest request, IStripeApi api, CancellationToken cancellationToken)
    {
        var isEvents = request.Stream == Events;
        var before = isEvents ? (DateTimeOffset?)null : request.Until - EventsReachBack;
        if (request.Since >= before) return new BackfillPage([], null);
        // An ended subscription is left out unless it is asked for.
        var status = request.Stream == "subscriptions" ? "all" : null;
        var list = await api.ListAsync(Paths[request.Stream], status, request.Since?.ToUnixTimeSeconds(), before?.ToUnixTimeSeconds(), request.Cursor, cancellationToken);
        var items = list["data"].Items().ToList();
        return new BackfillPage(
            [.. items.Where(item => !isEvents || topics.Understood.Contains(item["type"].RequiredText(), StringComparer.Ordinal)).Select(item => new VendorObject(item["object"].RequiredText(), item["id"].RequiredText(), item))],
            list["has_more"].Flag() is true && items.Count > 0 ? items[^1]["id"].RequiredText() : null);
    }
}
