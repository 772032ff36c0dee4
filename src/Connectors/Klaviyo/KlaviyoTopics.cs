namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>
/// What becomes of each topic. The list of Klaviyo's own: https://developers.klaviyo.com/en/docs/working_with_system_webhooks, read 2026-11-20; a few more are
/// known from public connectors.
/// </summary>
internal static class KlaviyoTopics
{
    public static TopicTable Table(KlaviyoSettings settings)
    {
        static Func<WebhookDelivery, Normalization> Read(Func<KlaviyoEvent, Normalization> reader) => item => reader(new KlaviyoEvent(item.Json));
        var (topics, metrics) = (new TopicTable(), new KlaviyoMetrics(settings));
        foreach (var (topic, meaning) in settings.Metrics) topics.Add(topic, Read(metrics.Reader(meaning)));
        foreach (var (topic, reader) in Readers(new KlaviyoShops(settings)).Where(entry => !settings.Metrics.ContainsKey(entry.Topic))) topics.Add(topic, Read(reader));
        foreach (var (topic, reason) in Ignored().Where(entry => !settings.Metrics.ContainsKey(entry.Topic))) topics.Add(topic, reason);
        return topics;
    }

    private static IEnumerable<(string Topic, Func<KlaviyoEvent, Normalization> Reader)> Readers(KlaviyoShops shops) =>
    [
        ("event:klaviyo.subscribed_to_email_marketing", KlaviyoConsent.Subscribed),
        ("event:klaviyo.unsubscribed_from_email_marketing", KlaviyoConsent.Unsubscribed),
        ("event:klaviyo.manually_suppressed_from_email_marketing", KlaviyoConsent.Suppressed),
        ("event:klaviyo.subscribed_to_sms_marketing", KlaviyoConsent.JoinedSms),
        ("event:klaviyo.unsubscribed_from_sms_marketing", KlaviyoConsent.LeftSms),
        ("event:klaviyo.received_email", KlaviyoEmails.Received),
        ("event:klaviyo.opened_email", KlaviyoEmails.Opened),
        ("event:klaviyo.clicked_email", KlaviyoEmails.Clicked),
        ("event:klaviyo.bounced_email", KlaviyoEmails.Bounced),
        ("event:klaviyo.marked_email_as_spam", KlaviyoEmails.Complained),
        ("event:klaviyo.sent_sms", KlaviyoNotes.Texted),
        ("event:klaviyo.submitted_review", KlaviyoNotes.Reviewed),
        ("event:klaviyo.submitted_rating", KlaviyoNotes.Reviewed),
        ("event:shopify.placed_order", shops.Placed),
        ("event:shopify.cancelled_order", shops.Cancelled),
        ("event:shopify.refunded_order", shops.Refunded),
        ("event:shopify.checkout_started", shops.CheckoutStarted),
    ];

    private static IEnumerable<(string Topic, string Reason)> Ignored() =>
    [
        ("event:klaviyo.manually_unsuppressed_from_email_marketing", "staff lifted their block; that is no consent of the person's, and what the person said before stands"),
        ("event:klaviyo.updated_email_preferences", "it does not tell what was chosen; joining and leaving have topics of their own"),
        ("event:klaviyo.subscribed_to_list", "being on a list is no consent; subscribed_to_email_marketing tells that"),
        ("event:klaviyo.clicked_email_to_unsubscribe", "unsubscribed_from_email_marketing follows when the person means it"),
        ("event:klaviyo.dropped_email", "a letter that was not sent; why, other topics tell"),
        ("event:klaviyo.skipped_send", "a letter that was not sent; why, other topics tell"),
        ("event:klaviyo.received_sms", "a text message of the business; sent messages are not part of the contact record"),
        ("event:klaviyo.clicked_sms", "a link of a text message; the contact record keeps those of letters"),
        ("event:klaviyo.failed_to_deliver_sms", "a text message of the business that did not arrive"),
        ("event:klaviyo.received_automated_response_sms", "an automatic answer of the business"),
        ("event:klaviyo.failed_to_deliver_automated_response_sms", "an automatic answer of the business that did not arrive"),
        ("event:klaviyo.received_push", "a push message of the business"),
        ("event:klaviyo.opened_push", "a push message; the contact record keeps letters"),
        ("event:klaviyo.bounced_push", "a push message; the contact record keeps letters"),
        ("event:klaviyo.ready_to_review", "the business may ask for a review; the person did nothing"),
        ("event:klaviyo.merged_profile", "it does not tell which profiles became one"),
        ("event:shopify.fulfilled_order", "goods were sent; the contact record keeps orders and payments"),
    ];
}
