using System.Collections.Frozen;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>A kind of HubSpot's objects that the hub reads.</summary>
/// <param name="Name">As settings and references call it, for example <c>contact</c>.</param>
/// <param name="TypeId">HubSpot's <c>objectTypeId</c>.</param>
/// <param name="Path">In addresses of the API; the name of its stream of history, too.</param>
/// <param name="Properties">What is asked for: HubSpot gives only a few properties by itself, and passes over names that it does not know.</param>
internal sealed record HubSpotKind(string Name, string TypeId, string Path, params IReadOnlyList<string> Properties)
{
    public static readonly HubSpotKind Contact = new("contact", "0-1", "contacts",
        "email", "hs_additional_emails", "phone", "mobilephone", "firstname", "lastname", "company", "jobtitle", "website", "address", "city", "state", "zip", "country",
        "hs_language", "hs_timezone", "date_of_birth", "lifecyclestage", "hs_lead_status", "hs_legal_basis", "hs_email_optout", "hs_email_hard_bounce_reason_enum",
        "hs_analytics_source", "hs_analytics_first_url", "hs_analytics_first_referrer", "hs_merged_object_ids", "lastmodifieddate")
    { Modified = "lastmodifieddate" };

    public static readonly HubSpotKind Deal = new("deal", "0-3", "deals",
        "dealname", "amount", "deal_currency_code", "dealstage", "pipeline", "hs_is_closed", "hs_is_closed_won", "hubspot_owner_id", "hs_lastmodifieddate");

    public static readonly HubSpotKind Task = new("task", "0-27", "tasks", "hs_task_subject", "hs_task_body", "hs_timestamp", "hs_createdate", "hs_lastmodifieddate");

    public static readonly HubSpotKind Note = new("note", "0-46", "notes", "hs_note_body", "hs_timestamp", "hs_lastmodifieddate");

    public static readonly HubSpotKind Meeting = new("meeting", "0-47", "meetings",
        "hs_meeting_title", "hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_outcome", "hs_lastmodifieddate");

    public static readonly HubSpotKind Invoice = new("invoice", "0-53", "invoices",
        "hs_number", "hs_invoice_status", "hs_amount_billed", "hs_currency", "hs_invoice_date", "hs_due_date", "hs_createdate", "hs_lastmodifieddate");

    public static readonly HubSpotKind Subscription = new("subscription", "0-69", "subscriptions",
        "hs_name", "hs_status", "hs_next_payment_amount", "hs_currency_code", "hs_next_payment_due_date", "hs_createdate", "hs_lastmodifieddate");

    public static readonly HubSpotKind Order = new("order", "0-123", "orders",
        "hs_order_name", "hs_total_price", "hs_currency_code", "hs_external_created_date", "hs_external_order_status", "hs_payment_status", "hs_createdate", "hs_lastmodifieddate");

    public static readonly HubSpotKind Cart = new("cart", "0-142", "carts",
        "hs_external_status", "hs_total_price", "hs_currency_code", "hs_cart_url", "hs_lastmodifieddate");

    /// <summary>All that can be read.</summary>
    public static readonly IReadOnlyList<HubSpotKind> All = [Contact, Deal, Note, Task, Meeting, Order, Cart, Invoice, Subscription];

    private static readonly FrozenDictionary<string, HubSpotKind> ByTypeId = All.ToFrozenDictionary(kind => kind.TypeId, StringComparer.Ordinal);

    /// <summary>The property that tells the last change.</summary>
    public string Modified { get; private init; } = "hs_lastmodifieddate";

    /// <summary>The kind of this name, in any case; null when it is none of them.</summary>
    public static HubSpotKind? Named(string? name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The kind of this <c>objectTypeId</c>; null when it is none of them.</summary>
    public static HubSpotKind? Typed(string? typeId) => typeId is null ? null : ByTypeId.GetValueOrDefault(typeId);
}
