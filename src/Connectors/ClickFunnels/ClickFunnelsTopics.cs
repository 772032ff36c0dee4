namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Which event is read by whom, and which is ignored for what reason.</summary>
internal static class ClickFunnelsTopics
{
    private static readonly (string Reason, string[] Topics)[] Ignored =
    [
        ("every change of an invoice that matters has its own event", ["orders/invoice.updated", "orders/invoice.reissued"]),
        ("shipping is not kept", ["orders/invoice.fulfilled", "orders/invoices/restock.created", "orders/invoices/restock.updated", "fulfillment.created", "fulfillment.updated"]),
        ("every change of an enrollment that matters has its own event", ["courses/enrollment.updated"]),
        ("a course is no person", ["course.created", "course.updated", "course.deleted", "course.published"]),
        ("a part of a course is no person", ["courses/section.created", "courses/section.updated", "courses/section.deleted", "courses/section.published"]),
        ("a part of a course is no person", ["courses/lesson.created", "courses/lesson.updated", "courses/lesson.deleted", "courses/lesson.published"]),
        ("the catalogue is not kept", ["product.created", "product.updated", "products/variant.created", "products/variant.updated"]),
        ("what the business publishes is no person", ["blogs/post.created", "blogs/post.updated", "blogs/post.deleted", "blogs/post.published"]),
        ("what members write to each other is not kept", ["communities/post.created", "communities/posts/comment.created"]),
        ("a step of a workflow of version 1; the event that set the workflow off tells the fact",
            ["runs/step.dontrunme", "workflows_integration_step.executed", "workflows/steps/integration_step.executed", "workflows/steps/deliver_webhook_step.executed"]),
        ("the app was removed from ClickFunnels: no more events will come, the connection can be switched off", ["platform_application.disconnected"]),
    ];

    public static TopicTable Table(ClickFunnelsForms forms, ClickFunnelsDeals deals)
    {
        var table = new TopicTable();
        foreach (var (reader, topics) in Understood(forms, deals))
        {
            foreach (var topic in topics) table.Add(topic, delivery => reader(new ClickFunnelsEvent(delivery.Json)));
        }
        foreach (var (reason, topics) in Ignored)
        {
            foreach (var topic in topics) table.Add(topic, reason);
        }
        return table;
    }

    private static (Func<ClickFunnelsEvent, Normalization> Reader, string[] Topics)[] Understood(ClickFunnelsForms forms, ClickFunnelsDeals deals) =>
    [
        (ClickFunnelsContacts.Observed, ["contact.created", "contact.identified", "contact.updated", "contact.unsubscribed"]),
        (ClickFunnelsContacts.Deleted, ["contact.deleted"]),
        (ClickFunnelsContacts.Tagged, ["contacts/applied_tag.created"]),
        (ClickFunnelsContacts.Untagged, ["contacts/applied_tag.deleted"]),
        (forms.Submitted, ["form_submission.created"]),
        (ClickFunnelsOrders.Placed, ["order.created", "order.updated", "order.completed", "one-time-order.completed"]),
        (ClickFunnelsOrders.Refunded, ["one_time_order.refunded"]),
        (ClickFunnelsOrders.Deleted, ["order.deleted"]),
        (ClickFunnelsInvoices.Issued, ["orders/invoice.created"]),
        (ClickFunnelsInvoices.Paid, ["orders/invoice.paid", "one-time-order.invoice.paid", "subscription.invoice.paid"]),
        (ClickFunnelsInvoices.PaymentFailed, ["orders/invoice.past_due", "renewal-invoice-payment-declined"]),
        (ClickFunnelsInvoices.Refunded, ["orders/invoice.refunded"]),
        (ClickFunnelsInvoices.CalledOff, ["orders/invoice.voided", "orders/invoice.abandoned"]),
        (ClickFunnelsTransactions.Seen, ["orders/transaction.created", "orders/transaction.updated"]),
        (ClickFunnelsSubscriptions.TrialStarted, ["subscription.trial_started"]),
        (ClickFunnelsSubscriptions.Started, ["subscription.activated", "subscription.first_payment_received"]),
        (ClickFunnelsSubscriptions.Changed,
            ["subscription.modified", "subscription.upgraded", "subscription.downgraded", "subscription.line_items.changed", "subscription.trial_converted", "subscription.trial_ended", "subscription.reactivated"]),
        (ClickFunnelsSubscriptions.Ended, ["subscription.canceled", "subscription.churned", "subscription.completed"]),
        (ClickFunnelsAppointments.Booked, ["appointments/scheduled_event.created"]),
        (ClickFunnelsAppointments.Rescheduled, ["appointments/scheduled_event.rescheduled"]),
        (ClickFunnelsAppointments.Cancelled, ["appointments/scheduled_event.canceled"]),
        (ClickFunnelsCourses.Enrolled, ["courses/enrollment.created"]),
        (ClickFunnelsCourses.Completed, ["courses/enrollment.course_completed"]),
        (ClickFunnelsCourses.Suspended, ["courses/enrollment.suspended"]),
        (ClickFunnelsCourses.Deleted, ["courses/enrollment.deleted"]),
        (deals.Changed, ["sales/opportunity.created", "sales/opportunity.updated", "sales/opportunity.moved_stage", "sales/opportunity.closed"]),
        (deals.Deleted, ["sales/opportunity.deleted"]),
    ];
}
