using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Who an object is about. Contacts look alike wherever they stand; many objects tell the contact's id alone.</summary>
internal static class ClickFunnelsPeople
{
    private static readonly string[] Links = ["fb_url", "twitter_url", "instagram_url", "linkedin_url"];

    public static Person Of(Payload contact, Payload id)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in Links)
        {
            if (contact[link].Text() is { } url) custom[link] = url;
        }
        foreach (var (name, value) in ClickFunnelsFields.Read(contact["custom_attributes"]))
        {
            if (!ClickFunnelsFields.IsUtm(name)) custom[name] = value;
        }
        return new Person
        {
            Identifiers = Identifiers(contact, id),
            FirstName = contact["first_name"].Text(),
            LastName = contact["last_name"].Text(),
            TimeZone = RailsTimeZones.Iana(contact["time_zone"].Text()),
            Website = contact["website_url"].Text(),
            Tags = [.. contact["tags"].Items().Select(tag => tag["name"].Text()).OfType<string>().Distinct(StringComparer.Ordinal)],
            Custom = custom,
        };
    }

    /// <summary>The contact's id, e-mail address and phone number.</summary>
    public static List<Identifier> Identifiers(Payload contact, Payload id)
    {
        List<Identifier> identifiers = [];
        if ((contact["id"].Id() ?? id.Id()) is { } known) identifiers.Add(Identifier.Customer(known));
        if (contact["email_address"].Text() is { } email) identifiers.Add(Identifier.Email(email));
        if (contact["phone_number"].Text() is { } phone) identifiers.Add(Identifier.Phone(phone));
        return identifiers;
    }

    /// <summary>What brought the contact, where the business keeps it in custom attributes.</summary>
    public static Attribution? Attribution(Payload contact)
    {
        var fields = contact["custom_attributes"];
        var told = new Attribution
        {
            Source = fields["utm_source"].Text(),
            Medium = fields["utm_medium"].Text(),
            Campaign = fields["utm_campaign"].Text(),
            Term = fields["utm_term"].Text(),
            Content = fields["utm_content"].Text(),
        };
        return told == new Attribution() ? null : told;
    }
}
