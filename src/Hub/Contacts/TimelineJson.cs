using System.Text.Json;
using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Writes a timeline entry: what happened in a few words, and the event as it was told.</summary>
internal static class TimelineJson
{
    public static void Write(Utf8JsonWriter writer, TimelineEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("eventId", entry.Event.EventId);
        writer.WriteString("kind", entry.Kind);
        writer.WriteString("summary", Summary(entry.Event));
        writer.WriteString("connection", entry.Event.Connection);
        ContactJson.WriteTime(writer, "occurredAt", entry.Event.OccurredAt);
        ContactJson.WriteTime(writer, "receivedAt", entry.Event.ReceivedAt);
        writer.WritePropertyName("event");
        writer.WriteRawValue(ContractJson.Serialize(entry.Event));
        writer.WriteEndObject();
    }

    /// <summary>What happened, in a few words.</summary>
    public static string Summary(ContactEvent contactEvent) => contactEvent switch
    {
        ContactObserved => "Details seen",
        ContactRemovedAtSource => "Deleted in the tool",
        OrderPlaced { PlacedAt: { } placed } order when order.OccurredAt > placed => $"Order {order.Number ?? order.OrderId} updated{Sum(order.Total)}",
        OrderPlaced order => $"Order {order.Number ?? order.OrderId} placed{Sum(order.Total)}",
        OrderPaid order => $"Order {order.OrderId} paid{Sum(order.Amount)}",
        OrderRefunded order => $"Refund on order {order.OrderId}{Sum(order.Amount ?? order.TotalRefunded)}",
        OrderCancelled order => $"Order {order.OrderId} cancelled",
        CartAbandoned cart => $"Cart left{Sum(cart.Total)}",
        PaymentFailed failed => $"Payment failed{Sum(failed.Amount)}",
        SubscriptionStarted subscription => $"Subscription {subscription.Plan ?? subscription.SubscriptionId} started",
        SubscriptionChanged subscription => $"Subscription {subscription.Plan ?? subscription.SubscriptionId} changed",
        SubscriptionEnded subscription => $"Subscription {subscription.Plan ?? subscription.SubscriptionId} ended",
        InvoiceIssued invoice => $"Invoice {invoice.Number ?? invoice.InvoiceId} issued{Sum(invoice.Total)}",
        InvoicePaid invoice => $"Invoice {invoice.Number ?? invoice.InvoiceId} paid{Sum(invoice.Amount)}",
        FormSubmitted { Completion: FormCompletion.Partial } form => $"Form {form.FormTitle ?? form.FormId} begun",
        FormSubmitted form => $"Form {form.FormTitle ?? form.FormId} answered",
        AppointmentBooked appointment => $"Booked {appointment.Title}{On(appointment.StartsAt)}",
        AppointmentRescheduled appointment => $"Moved {appointment.Title}{On(appointment.StartsAt)}",
        AppointmentCancelled appointment => $"Cancelled {appointment.Title}{On(appointment.StartsAt)}",
        AppointmentNoShow { Mark: NoShowMark.Withdrawn } appointment => $"No-show taken back: {appointment.Title}",
        AppointmentNoShow appointment => $"Did not appear: {appointment.Title}",
        RegistrationEvent registration => $"{registration switch { EventAttended => "Attended", EventCancelled => "Cancelled", _ => "Registered for" }} {registration.Title}",
        EmailEvent email => EmailVerb(email) + ((email.CampaignName ?? email.ListName) is { } name ? $": {name}" : ""),
        PageViewed page => $"Saw {page.Title ?? page.Url}",
        ContentDownloaded content => $"Downloaded {content.Title ?? content.ContentId}",
        PromoUsed promo => $"Used code {promo.Code}",
        ConsentChanged consent => $"Consent for {consent.Channel.ToString().ToLowerInvariant()}: {consent.State.ToString().ToLowerInvariant()}",
        ErasureRequested => "Asked to be forgotten",
        ExportRequested => "Asked for a copy of the data",
        DealChanged deal => $"Deal {deal.Title ?? deal.DealId}: {deal.Stage ?? deal.Status?.ToString().ToLowerInvariant()}{Sum(deal.Value)}",
        TaskCreated task => $"Task: {task.Title}",
        NoteAdded => "Note added",
        _ => contactEvent.GetType().Name,
    };

    private static string EmailVerb(EmailEvent email) => email switch
    {
        EmailSubscribed => "Joined the list",
        EmailUnsubscribed => "Left the list",
        EmailBounced => "E-mail bounced",
        EmailComplained => "Reported as spam",
        EmailSent => "E-mail sent",
        EmailOpened => "E-mail opened",
        _ => "Link in e-mail followed",
    };

    private static string Sum(Money? money) => money is null ? "" : $", {Connectors.Amounts.Write(money.Amount, money.Currency)} {money.Currency}";

    private static string On(DateTimeOffset? time) => time is { } known ? $" for {known:yyyy-MM-dd HH:mm} UTC" : "";
}
