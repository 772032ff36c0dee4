using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Writes a contact's orders, subscriptions, invoices, appointments, registrations, deals and carts.</summary>
internal static class EntityJson
{
    public static void Write(Utf8JsonWriter writer, OrderTotals totals, IReadOnlyList<(string Name, EntityState State)> entities)
    {
        var known = entities.Select(entity => (Entity: Reference.Of(entity.Name), entity.State)).ToList();
        writer.WriteStartObject("orders");
        writer.WriteNumber("count", totals.Count);
        writer.WriteStartObject("lifetimeValue");
        foreach (var (currency, value) in totals.Value) writer.WriteString(currency, Amounts.Write(value, currency));
        writer.WriteEndObject();
        WriteList<OrderState>(writer, "items", known, WriteOrder);
        writer.WriteEndObject();
        WriteList<SubscriptionState>(writer, "subscriptions", known, WriteSubscription);
        WriteList<InvoiceState>(writer, "invoices", known, WriteInvoice);
        WriteList<AppointmentState>(writer, "appointments", known, WriteAppointment);
        WriteList<RegistrationState>(writer, "registrations", known, WriteRegistration);
        WriteList<DealState>(writer, "deals", Deals(known), WriteDeal);
        WriteList<CartState>(writer, "carts", known, WriteCart);
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<(Reference Entity, EntityState State)> entities, Action<Utf8JsonWriter, T> write)
        where T : EntityState
    {
        writer.WriteStartArray(name);
        foreach (var (entity, state) in entities)
        {
            if (state is not T known) continue;
            writer.WriteStartObject();
            writer.WriteString("id", entity.Id);
            writer.WriteString("connection", entity.Connection);
            write(writer, known);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteOrder(Utf8JsonWriter writer, OrderState order)
    {
        WriteText(writer, "number", order.Number);
        writer.WriteString("status", order.Status);
        ContactJson.WriteMoney(writer, "total", order.Gross);
        ContactJson.WriteMoney(writer, "refunded", order.Refunded);
        ContactJson.WriteTime(writer, "placedAt", order.PlacedAt);
        writer.WriteStartArray("lines");
        foreach (var item in order.Items?.Value ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("title", item.Title);
            writer.WriteNumber("quantity", item.Quantity);
            if (item.Sku is not null) writer.WriteString("sku", item.Sku);
            ContactJson.WriteMoney(writer, "unitPrice", item.UnitPrice);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteSubscription(Utf8JsonWriter writer, SubscriptionState subscription)
    {
        writer.WriteString("phase", subscription.Phase?.Value ?? "active");
        WriteText(writer, "status", subscription.Status);
        WriteText(writer, "plan", subscription.Plan);
        ContactJson.WriteMoney(writer, "price", subscription.Price?.Value);
        WriteText(writer, "interval", subscription.Interval);
        WriteTime(writer, "currentPeriodEndsAt", subscription.CurrentPeriodEndsAt);
        WriteTime(writer, "endsAt", subscription.EndsAt);
    }

    private static void WriteInvoice(Utf8JsonWriter writer, InvoiceState invoice)
    {
        WriteText(writer, "number", invoice.Number);
        writer.WriteString("status", invoice.IsPaid ? "paid" : "open");
        ContactJson.WriteMoney(writer, "total", invoice.Gross);
        WriteTime(writer, "dueAt", invoice.DueAt);
    }

    private static void WriteAppointment(Utf8JsonWriter writer, AppointmentState appointment)
    {
        WriteText(writer, "title", appointment.Title);
        writer.WriteString("status", appointment.Status);
        WriteTime(writer, "startsAt", appointment.StartsAt);
        WriteTime(writer, "endsAt", appointment.EndsAt);
        WriteText(writer, "location", appointment.Location);
    }

    private static void WriteRegistration(Utf8JsonWriter writer, RegistrationState registration)
    {
        WriteText(writer, "title", registration.Title);
        writer.WriteString("status", registration.Phase?.Value ?? "registered");
        WriteTime(writer, "startsAt", registration.StartsAt);
        WriteText(writer, "ticketType", registration.TicketType);
    }

    private static void WriteDeal(Utf8JsonWriter writer, DealState deal)
    {
        WriteText(writer, "title", deal.Title);
        if (deal.Status is { } status) writer.WriteString("status", status.Value.ToString().ToLowerInvariant());
        ContactJson.WriteMoney(writer, "value", deal.Value?.Value);
        WriteText(writer, "pipeline", deal.Pipeline);
        WriteText(writer, "stage", deal.Stage);
    }

    private static void WriteCart(Utf8JsonWriter writer, CartState cart)
    {
        ContactJson.WriteMoney(writer, "total", cart.Total?.Value);
        WriteText(writer, "recoveryUrl", cart.RecoveryUrl);
    }

    // A deal that was told with two people who turned out to be one is one deal.
    private static IEnumerable<(Reference Entity, EntityState State)> Deals(IEnumerable<(Reference Entity, EntityState State)> entities)
    {
        foreach (var group in entities.Where(entity => entity.State is DealState).GroupBy(entity => entity.Entity))
        {
            var deal = new DealState();
            foreach (var (_, state) in group) deal.Absorb((DealState)state);
            yield return (group.Key, deal);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, Register<string>? register)
    {
        if (register is not null) writer.WriteString(name, register.Value);
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, Register<DateTimeOffset>? register)
    {
        if (register is not null) ContactJson.WriteTime(writer, name, register.Value);
    }

    /// <summary>The connection and vendor's id in an entity's name.</summary>
    private readonly record struct Reference(string Connection, string Id)
    {
        public static Reference Of(string name)
        {
            var parts = name.Split(':', 3);
            var at = parts[0] == Names.Of(EntityType.Deal) ? parts[2].IndexOf('@', StringComparison.Ordinal) : -1;
            return new Reference(parts[1], at < 0 ? parts[2] : parts[2][..at]);
        }
    }
}
