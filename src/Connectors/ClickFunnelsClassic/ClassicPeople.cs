using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>Reads a contact of Classic: what one person typed into one step of a funnel. Their profile spans the steps.</summary>
internal static class ClassicPeople
{
    // What the pages keep there for themselves; nobody typed it.
    private static readonly string[] OfThePage =
        ["cf_uvid", "time_zone", "webinar_delay", "purchase", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

    public static Person Of(Payload contact)
    {
        var profile = contact["contact_profile"];
        return new Person
        {
            Identifiers = Identifiers(contact),
            FirstName = contact["first_name"].Text() ?? profile["first_name"].Text(),
            LastName = contact["last_name"].Text() ?? profile["last_name"].Text(),
            FullName = contact["name"].Text(),
            Street = contact["address"].Text() ?? contact["shipping_address"].Text(),
            City = contact["city"].Text() ?? contact["shipping_city"].Text(),
            Region = contact["state"].Text() ?? contact["shipping_state"].Text(),
            PostalCode = contact["zip"].Text() ?? contact["shipping_zip"].Text(),
            Country = contact["country"].Text() ?? contact["shipping_country"].Text(),
            TimeZone = RailsTimeZones.Iana(contact["time_zone"].Text() ?? contact["additional_info"]["time_zone"].Text()),
            Tags = [.. profile["tags"].Items().Select(tag => tag.IsObject ? tag["name"].Text() : tag.Text()).OfType<string>().Distinct(StringComparer.Ordinal)],
            Custom = Answers(contact).Concat(VatNumber(contact)).DistinctBy(answer => answer.Key).ToDictionary(answer => answer.Key, answer => answer.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>What was typed besides name and address. Secrets are left out.</summary>
    public static IEnumerable<FormAnswer> Answers(Payload contact)
    {
        foreach (var (name, value) in contact["additional_info"].Members())
        {
            if (OfThePage.Contains(name, StringComparer.Ordinal) || SecretFieldNames.Contains(name)) continue;
            if (!value.IsObject && !value.IsList && value.Scalar() is { } text) yield return new FormAnswer { Key = name, Value = text };
        }
    }

    public static Attribution? Attribution(Payload contact)
    {
        var info = contact["additional_info"];
        var told = new Attribution
        {
            Source = info["utm_source"].Text(),
            Medium = info["utm_medium"].Text(),
            Campaign = info["utm_campaign"].Text(),
            Term = info["utm_term"].Text(),
            Content = info["utm_content"].Text(),
        };
        return told == new Attribution() ? null : told;
    }

    /// <summary>That the person does not want e-mails any more; nothing where the contact says nothing.</summary>
    public static IEnumerable<Fact> Unsubscribed(Payload contact)
    {
        if (contact["unsubscribed_at"].Time() is not { } at || contact["id"].Id() is not { } id) return [];
        return
        [
            new Fact($"contacts/{id}/unsubscribed/{ClassicEvent.Stamp(at)}", new EmailUnsubscribed
            {
                OccurredAt = at,
                Person = new Person { Identifiers = Identifiers(contact) },
                Source = new SourceReference { ObjectType = "contact", ObjectId = id },
            }),
        ];
    }

    // One person has a contact for each step of each funnel: its id names an opt-in.
    private static List<Identifier> Identifiers(Payload contact)
    {
        var profile = contact["contact_profile"];
        List<Identifier> identifiers = [];
        if (profile["id"].Id() is { } person) identifiers.Add(Identifier.Customer(person));
        if ((contact["email"].Text() ?? profile["email"].Text()) is { } email) identifiers.Add(Identifier.Email(email));
        if ((contact["phone"].Text() ?? profile["phone"].Text()) is { } phone) identifiers.Add(Identifier.Phone(phone));
        if (contact["id"].Id() is { } optIn) identifiers.Add(Identifier.Anonymous($"contact:{optIn}"));
        return identifiers;
    }

    private static IEnumerable<FormAnswer> VatNumber(Payload contact) =>
        contact["vat_number"].Text() is { } number ? [new FormAnswer { Key = "vat_number", Value = number }] : [];
}
