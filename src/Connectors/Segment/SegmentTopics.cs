namespace IntegrationHub.Connectors.Segment;

/// <summary>What becomes of each topic.</summary>
internal sealed class SegmentTopics
{
    private const string Own = "an event of your own; eventNames can say which standard event it is";
    private const string Nobody = "it names neither a visitor nor a user";

    private readonly Dictionary<string, Func<SegmentCall, Normalization>> readers;

    public SegmentTopics(SegmentSettings settings)
    {
        var (orders, consent) = (new SegmentOrders(settings), new SegmentConsent(settings.ConsentCategories));
        readers = new Dictionary<string, Func<SegmentCall, Normalization>>(StringComparer.Ordinal)
        {
            ["identify"] = SegmentIdentity.Identified,
            ["page"] = SegmentPages.Viewed,
            ["screen"] = SegmentPages.Viewed,
            ["group"] = SegmentIdentity.Grouped,
            ["alias"] = SegmentIdentity.Aliased,
            ["delete"] = SegmentIdentity.Erased,
            ["track Signed Up"] = SegmentSignUps.SignedUp,
            ["track File Downloaded"] = SegmentPages.Downloaded,
            ["track Order Completed"] = orders.Completed,
            ["track Order Updated"] = orders.Updated,
            ["track Order Refunded"] = orders.Refunded,
            ["track Order Cancelled"] = orders.Cancelled,
            ["track Checkout Started"] = orders.CheckoutStarted,
            ["track Coupon Applied"] = orders.CouponApplied,
            ["track Trial Started"] = SegmentSignUps.TrialStarted,
            ["track Trial Ended"] = SegmentSignUps.TrialEnded,
            ["track Email Delivered"] = SegmentEmails.Delivered,
            ["track Email Opened"] = SegmentEmails.Opened,
            ["track Email Link Clicked"] = SegmentEmails.Clicked,
            ["track Email Bounced"] = SegmentEmails.Bounced,
            ["track Email Marked as Spam"] = SegmentEmails.Complained,
            ["track Unsubscribed"] = SegmentEmails.Unsubscribed,
            ["track Segment Consent Preference Updated"] = consent.Updated,
        };
        foreach (var (topic, reader) in readers) Table.Add(topic, delivery => reader(new SegmentCall(delivery, delivery.Json, delivery.Json, topic)));
        foreach (var (name, reason) in SegmentIgnored.Events) Table.Add($"track {name}", reason);
    }

    /// <summary>The topics, as a single call is read.</summary>
    public TopicTable Table { get; } = [];

    /// <summary>Reads a call. What is ignored still tells which ids belong together.</summary>
    public Normalization Read(SegmentCall call)
    {
        var topic = call.Topic;
        if (call.Person.Identifiers.Count == 0) return new Normalization.Ignored(topic, Nobody);
        var read = readers.TryGetValue(topic, out var reader) ? reader(call) : new Normalization.Ignored(topic, Reason(topic));
        return read is Normalization.Ignored ? SegmentIdentity.Tie(call) ?? read : read;
    }

    private string Reason(string topic) =>
        Table.Ignored.GetValueOrDefault(topic, topic.StartsWith("track ", StringComparison.Ordinal) ? Own : "the connector does not know this type of call");
}
