using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Reads <c>contact.*</c>: Calendly's own contact list.</summary>
internal static class CalendlyContacts
{
    /// <summary>A contact as it is.</summary>
    /// <param name="contact">The contact: the payload of a webhook, or what the API tells.</param>
    /// <param name="toldAt">When Calendly told it, for a contact that has no time of its own.</param>
    public static Normalization Observed(Payload contact, Payload toldAt)
    {
        var uri = contact["uri"].RequiredText();
        var at = contact["updated_at"].Time() ?? contact["created_at"].Time() ?? toldAt.RequiredTime();
        return Normalization.Of($"{CalendlyUri.Path(uri)}/state/{CalendlyUri.Stamp(at)}", new ContactObserved
        {
            OccurredAt = at,
            Person = Person(contact, uri),
            Source = CalendlyUri.Source("contact", uri),
        });
    }

    /// <summary>A tombstone: the address of the contact and the time, nothing else.</summary>
    public static Normalization Deleted(WebhookDelivery delivery)
    {
        var contact = delivery.Json["payload"];
        var uri = contact["uri"].RequiredText();
        return Normalization.Of(CalendlyUri.Path(uri) + "/deleted", new ContactRemovedAtSource
        {
            OccurredAt = contact["deleted_at"].Time() ?? delivery.Json["created_at"].RequiredTime(),
            Person = new Person { Identifiers = [Identifier.Customer(uri)] },
            Source = CalendlyUri.Source("contact", uri),
        });
    }

    private static Person Person(Payload contact, string uri) => new Person
    {
        Identifiers = [Identifier.Customer(uri), .. Emails(contact), .. Phones(contact)],
        TimeZone = contact["timezone"].Text(),
        JobTitle = contact["job_title"].Text(),
        Company = contact["company"].Text(),
        Country = contact["country"].Text() is { } country ? (country.Length == 2 ? country.ToUpperInvariant() : country) : null,
        Region = contact["state"].Text(),
        City = contact["city"].Text(),
        Tags = [.. contact["custom_fields"].Items().Where(HoldsTags).SelectMany(field => field["value"].Items()).Select(tag => tag.Scalar()).OfType<string>()],
        Custom = Custom(contact),
    }.Named(contact["name"].Text());

    // The primary address comes first.
    private static IEnumerable<Identifier> Emails(Payload contact) => contact["emails"].Items()
        .OrderByDescending(email => email["is_primary"].Flag() is true)
        .Select(email => email["email"].Text()).OfType<string>().Select(Identifier.Email).Distinct();

    private static IEnumerable<Identifier> Phones(Payload contact) =>
        contact["phone_numbers"].Items().Select(phone => phone["phone_number"].Text()).OfType<string>().Select(Identifier.Phone).Distinct();

    // Values stay as sent: an amount is in minor units, and its currency stands only in the field's definition.
    private static Dictionary<string, string> Custom(Payload contact)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        if (contact["linkedin"].Text() is { } linkedin) custom["linkedin"] = linkedin;
        foreach (var field in contact["custom_fields"].Items().Where(field => !HoldsTags(field)))
        {
            if ((field["label"].Text() ?? field["uuid"].Text()) is { } label && field["value"].Scalar() is { } value) custom[label] = value;
        }
        return custom;
    }

    private static bool HoldsTags(Payload field) => field["field_type"].Text() is "tags";
}
