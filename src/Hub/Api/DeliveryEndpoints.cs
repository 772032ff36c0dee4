using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Api;

/// <summary>Listing deliveries, reading one, and replaying it.</summary>
internal sealed class DeliveryEndpoints(InboxStore inbox, Sweeper sweeper)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/deliveries", List).WithSummary("Deliveries, the newest first").Needs(Role.Viewer).Produces(200, contentType: "application/json").ProducesProblem(400);
        routes.MapGet("/deliveries/{id:long}", Get).WithSummary("One delivery with its body and the events it told").Needs(Role.Operator).Produces(200, contentType: "application/json").ProducesProblem(404);
        routes.MapPost("/deliveries/{id:long}/replay", ReplayAsync).WithSummary("Reads a delivery again, with today's connector").Needs(Role.Operator, "delivery_replayed").Produces(202, contentType: "application/json").ProducesProblem(404).ProducesProblem(410);
    }

    private IResult List(string? status, string? connection, int? limit, string? cursor)
    {
        if (Pages.Limit(limit) is { Problem: { } badLimit }) return badLimit;
        if (Pages.Cursor(cursor, 1) is { Problem: { } badCursor }) return badCursor;
        DeliveryStatus? wanted = null;
        if (status is not null)
        {
            if (!Enum.TryParse<DeliveryStatus>(status, ignoreCase: true, out var parsed) || char.IsAsciiDigit(status[0]))
                return Pages.Problem("status must be one of received, hydrating, done, ignored, quarantined.");
            wanted = parsed;
        }
        var size = Pages.Limit(limit).Limit;
        var deliveries = inbox.List(wanted, connection, size + 1, Pages.Cursor(cursor, 1).Numbers is [var before] ? before : null);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var delivery in deliveries.Take(size))
            {
                writer.WriteStartObject();
                WriteSummary(writer, delivery);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteString("next", deliveries.Count > size ? Pages.Write(deliveries[size - 1].Id) : null);
            writer.WriteEndObject();
        });
    }

    private IResult Get(long id)
    {
        if (inbox.Summary(id) is not { } summary) return Missing();
        var delivery = inbox.Find(id);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            WriteSummary(writer, summary);
            if (delivery is not null) WriteContent(writer, delivery);
            writer.WriteStartArray("events");
            foreach (var eventId in inbox.EventsOf(id)) writer.WriteStringValue(eventId);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async Task<IResult> ReplayAsync(long id, CancellationToken cancellationToken)
    {
        if (!await inbox.ReopenAsync(id, cancellationToken)) return inbox.Summary(id) is null ? Missing() : Erased();
        sweeper.Wake();
        return Results.Json(new { status = "received", id = id.ToString() }, statusCode: 202);
    }

    /// <summary>Headers and body, as text where it is one.</summary>
    internal static void WriteContent(Utf8JsonWriter writer, StoredDelivery delivery)
    {
        writer.WriteStartObject("headers");
        foreach (var (name, value) in delivery.Headers) writer.WriteString(name, value);
        writer.WriteEndObject();
        if (Utf8.IsValid(delivery.Body.Span)) writer.WriteString("body", Encoding.UTF8.GetString(delivery.Body.Span));
        else writer.WriteBase64String("bodyBase64", delivery.Body.Span);
    }

    private static void WriteSummary(Utf8JsonWriter writer, DeliverySummary delivery)
    {
        writer.WriteString("id", delivery.Id.ToString());
        writer.WriteString("connection", delivery.Connection);
        writer.WriteString("status", delivery.Status.ToString().ToLowerInvariant());
        ContactJson.WriteTime(writer, "receivedAt", delivery.ReceivedAt);
        if (delivery.Topic is { } topic) writer.WriteString("topic", topic);
        if (delivery.Reason is { } reason) writer.WriteString("reason", reason);
        writer.WriteNumber("attempts", delivery.Attempts);
    }

    private static IResult Erased() => Results.Problem(statusCode: 410, detail: "The body of this delivery was erased together with a person in it. There is nothing to read again.");

    private static IResult Missing() => Results.Problem(statusCode: 404, detail: "There is no such delivery.");
}
