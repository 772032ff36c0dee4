namespace IntegrationHub.Connectors.Stripe;

/// <summary>Which event is read by whom, and which is ignored for what reason.</summary>
internal static class StripeTopics
{
    private static readonly (string Topic, string Reason)[] Ignored =
    [
        ("charge.failed", "payment_intent.payment_failed and invoice.payment_failed tell the failure"),
        ("charge.refund.updated", "refund.updated tells the same"),
        ("charge.succeeded", "the payment intent, Checkout Session or invoice tells the payment"),
        ("charge.updated", "the balance transaction was added; nothing about the person"),
        ("invoice.created", "it is a draft until invoice.finalized"),
        ("invoice.payment_succeeded", "invoice.paid tells the same, and more"),
        ("invoice.upcoming", "it is a forecast without an id"),
        ("invoice.updated", "every change that matters has its own event"),
        ("invoice_payment.paid", "invoice.paid tells the payment"),
        ("payment_intent.created", "nothing was paid yet"),
        ("payment_intent.canceled", "nothing was paid"),
        ("payment_intent.processing", "payment_intent.succeeded or payment_intent.payment_failed follows"),
        ("payment_method.attached", "means of payment are not kept"),
        ("refund.failed", "no money went back"),
        ("v2.core.event_destination.ping", "a test of the destination"),
    ];

    public static TopicTable Table(StripeCheckouts checkouts)
    {
        var topics = Understood(checkouts);
        foreach (var (topic, reason) in Ignored) topics.Add(topic, reason);
        return topics;
    }

    private static TopicTable Understood(StripeCheckouts checkouts) => new()
    {
        { "customer.created", Read(StripeCustomers.Created) },
        { "customer.updated", Read(StripeCustomers.Updated) },
        { "customer.deleted", Read(StripeCustomers.Deleted) },
        { "customer.discount.created", Read(StripeDiscounts.Created) },
        { "checkout.session.completed", Read(checkouts.Completed) },
        { "checkout.session.async_payment_succeeded", Read(checkouts.PaidLater) },
        { "checkout.session.async_payment_failed", Read(checkouts.FailedLater) },
        { "checkout.session.expired", Read(checkouts.Expired) },
        { "payment_intent.succeeded", Read(StripePayments.Succeeded) },
        { "payment_intent.payment_failed", Read(StripePayments.Failed) },
        { "charge.refunded", Read(StripeRefunds.ChargeRefunded) },
        { "refund.created", Read(StripeRefunds.Refunded) },
        { "refund.updated", Read(StripeRefunds.Refunded) },
        { "charge.dispute.created", Read(StripePayments.Disputed) },
        { "customer.subscription.created", Read(StripeSubscriptions.Created) },
        { "customer.subscription.updated", Read(StripeSubscriptions.Updated) },
        { "customer.subscription.paused", Read(StripeSubscriptions.Changed) },
        { "customer.subscription.resumed", Read(StripeSubscriptions.Changed) },
        { "customer.subscription.deleted", Read(StripeSubscriptions.Ended) },
        { "customer.subscription.trial_will_end", Read(StripeSubscriptions.TrialWillEnd) },
        { "invoice.finalized", Read(StripeInvoices.Issued) },
        { "invoice.sent", Read(StripeInvoices.Sent) },
        { "invoice.paid", Read(StripeInvoices.Paid) },
        { "invoice.payment_failed", Read(StripeInvoices.PaymentFailed) },
        { "invoice.voided", Read(StripeInvoices.Voided) },
        { "invoice.marked_uncollectible", Read(StripeInvoices.Uncollectible) },
    };

    private static Func<WebhookDelivery, Normalization> Read(Func<StripeEvent, Normalization> reader) =>
        delivery => reader(new StripeEvent(delivery.Json));
}
