using System.Text.Json.Nodes;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>One webhook: the record it is about, and the event that the address of its rule names.</summary>
internal sealed class ZohoRecord
{
    // What a record stands under, what its id is called, and what its events begin with.
    private static readonly (string Root, string Id, string Kind)[] Modules =
    [
        ("payment", "payment_id", "payment"),
        ("creditnote", "creditnote_id", "creditnote"),
        ("estimate", "estimate_id", "estimate"),
        ("invoice", "invoice_id", "invoice"),
        ("recurring_invoice", "recurring_invoice_id", "recurring"),
        ("contact", "contact_id", "contact"),
    ];

    private readonly WebhookDelivery delivery;
    private readonly string idName;

    public ZohoRecord(WebhookDelivery delivery)
    {
        this.delivery = delivery;
        var body = Body(delivery);
        var told = delivery.Parameter(ZohoInvoiceConnector.EventParameter);
        var module = Array.Find(Modules, candidate => told is null ? IsAbout(body, candidate) : told.StartsWith(candidate.Kind + ".", StringComparison.Ordinal));
        (var root, idName, var kind) = module.Root is null ? ("", "", "") : module;
        Data = root.Length > 0 && body[root].IsObject ? body[root] : body;
        Topic = told ?? (kind.Length > 0 ? Inferred(kind) : throw new PayloadException("$", "is no record that is known; name the event in the address of the webhook, ?event=invoice.sent"));
    }

    public Payload Data { get; }

    public string Topic { get; }

    public string Id => Data[idName].RequiredId();

    public string? Status => Data["status"].Text()?.ToLowerInvariant();

    /// <summary>When the record was last saved; the arrival where the fields that were chosen for the webhook don't tell it.</summary>
    public DateTimeOffset At => ZohoTime.Read(Data["last_modified_time"]) ?? ZohoTime.Read(Data["created_time"]) ?? delivery.ReceivedAt;

    public TimeBasis Basis => ZohoTime.Read(Data["last_modified_time"]) is null && ZohoTime.Read(Data["created_time"]) is null ? TimeBasis.Arrival : TimeBasis.Vendor;

    public SourceReference Source => new() { ObjectType = idName.Length > 3 ? idName[..^3] : "record", ObjectId = Id };

    public Normalization Ignored(string reason) => new Normalization.Ignored(Topic, reason);

    /// <summary>An amount of the record, in its currency.</summary>
    public Money? Amount(string name) => Amounts.Major(Data[name], Data["currency_code"]);

    /// <summary>A date of the record, at its beginning where the organization is: the times of a record tell how far that is from UTC.</summary>
    public DateTimeOffset? Day(string name) => Data[name].Date() is { } day
        ? new DateTimeOffset(day, TimeOnly.MinValue, ZohoTime.Offset(Data["last_modified_time"]) ?? ZohoTime.Offset(Data["created_time"]) ?? TimeSpan.Zero).ToUniversalTime()
        : null;

    private string Inferred(string kind) => (kind, Status) switch
    {
        ("contact", _) => "contact.updated",
        ("invoice", "draft") => "invoice.created",
        ("invoice", "paid" or "overdue" or "void") => $"invoice.{Status}",
        ("invoice", _) => "invoice.sent",
        ("payment", _) => Data["amount_refunded"].Decimal() > 0 ? "payment.refunded" : "payment.created",
        ("recurring", "stopped" or "expired") => "recurring.stopped",
        ("recurring" or "creditnote", _) => $"{kind}.created",
        _ => $"{kind}.{Status ?? "created"}",
    };

    // The fields of a form are read as if they were those of a flat record; older webhooks put the JSON into one field.
    private static Payload Body(WebhookDelivery delivery)
    {
        var mediaType = delivery.Headers.GetValueOrDefault("Content-Type")?.Split(';')[0].Trim();
        if (!string.Equals(mediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return delivery.Json;
        var form = delivery.Form;
        var json = form.Text("JSONString") ?? new JsonObject(form.Keys.Select(key => KeyValuePair.Create(key, (JsonNode?)form.Text(key)))).ToJsonString();
        return Payload.Parse(System.Text.Encoding.UTF8.GetBytes(json));
    }

    private static bool IsAbout(Payload body, (string Root, string Id, string Kind) module) => body[module.Root].IsObject || body[module.Id].Exists;
}
