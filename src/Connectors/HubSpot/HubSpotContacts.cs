using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Contacts as the API tells them.</summary>
internal sealed class HubSpotContacts(HubSpotProperties properties, HubSpotConsent consent)
{
    // A contact may have five ids within a connection: its own, and those of the latest it took in.
    private const int MaxTied = 4;

    /// <summary>The contact as it is, what it took in, and whether it may be written to.</summary>
    /// <param name="body">The contact.</param>
    /// <param name="restoredAt">When it came back from the recycle bin; null when it was not there.</param>
    /// <param name="readAt">When it was read.</param>
    public Normalization Seen(Payload body, DateTimeOffset? restoredAt, DateTimeOffset readAt)
    {
        var contact = new HubSpotObject(HubSpotKind.Contact, body);
        if (contact.IsArchived) return Normalization.Of(Removed(contact.Id, contact.ArchivedAt));
        var at = restoredAt is { } restored && restored > contact.Modified ? restored : contact.Modified;
        var observed = new Fact($"contacts/{contact.Id}/state/{HubSpotTime.Key(at)}", new ContactObserved
        {
            OccurredAt = at,
            Person = PersonOf(contact),
            Source = contact.Source,
            Attribution = AttributionOf(contact),
        });
        return Normalization.Of([observed, .. Ties(contact, readAt), .. consent.Read(contact, readAt)]);
    }

    /// <summary>The company that a contact without one of its own is associated with.</summary>
    public static Normalization Employed(string contact, Payload body)
    {
        var company = body["properties"];
        if (company["name"].Text() is not { } name) return new Normalization.Ignored("company", "has no name");
        var at = company["hs_lastmodifieddate"].Time() ?? body["updatedAt"].RequiredTime();
        return Normalization.Of($"contacts/{contact}/company/{body["id"].RequiredId()}/{HubSpotTime.Key(at)}", new ContactObserved
        {
            OccurredAt = at,
            Person = new Person { Identifiers = [Identifier.Customer(contact)], Company = name },
            Source = new SourceReference { ObjectType = "company", ObjectId = body["id"].RequiredId() },
        });
    }

    /// <summary>The contact was deleted, or ended in a merge.</summary>
    public static Fact Removed(string id, DateTimeOffset at) => new($"contacts/{id}/removed/{HubSpotTime.Key(at)}", new ContactRemovedAtSource
    {
        OccurredAt = at,
        Person = new Person { Identifiers = [Identifier.Customer(id)] },
        Source = new SourceReference { ObjectType = HubSpotKind.Contact.Name, ObjectId = id },
    });

    /// <summary>A contact took another in: both ids are of one person.</summary>
    public static Fact Tied(string id, string old, DateTimeOffset at) => new($"contacts/{id}/merged/{old}", new ContactObserved
    {
        OccurredAt = at,
        Person = new Person { Identifiers = [Identifier.Customer(id), Identifier.Customer(old)] },
        Source = new SourceReference { ObjectType = HubSpotKind.Contact.Name, ObjectId = id },
    });

    // The contact does not tell when it took them in; the merge's own event does, and outweighs this.
    private static IEnumerable<Fact> Ties(HubSpotObject contact, DateTimeOffset readAt) =>
        List(contact, "hs_merged_object_ids").Where(old => old != contact.Id).Take(MaxTied)
            .Select(old => Tied(contact.Id, old, readAt)).Select(tie => tie with { Event = tie.Event with { TimeBasis = TimeBasis.Arrival } });

    private Person PersonOf(HubSpotObject contact) => new()
    {
        Identifiers = [.. Identifiers(contact)],
        FirstName = contact.Text("firstname"),
        LastName = contact.Text("lastname"),
        Company = contact.Text("company"),
        JobTitle = contact.Text("jobtitle"),
        Website = contact.Text("website"),
        Street = contact.Text("address"),
        City = contact.Text("city"),
        Region = contact.Text("state"),
        PostalCode = contact.Text("zip"),
        Country = contact.Text("country"),
        Locale = HubSpotPlace.Locale(contact.Text("hs_language")),
        TimeZone = HubSpotPlace.TimeZone(contact.Text("hs_timezone")),
        // The property is a free text: in another notation day and month would be a guess.
        BirthDate = DateOnly.TryParseExact(contact.Text("date_of_birth"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200 ? date : null,
        Custom = Custom(contact),
    };

    private IEnumerable<Identifier> Identifiers(HubSpotObject contact)
    {
        yield return Identifier.Customer(contact.Id);
        foreach (var user in properties.Users(contact)) yield return user;
        if (contact.Text("email") is { } email) yield return Identifier.Email(email);
        foreach (var further in List(contact, "hs_additional_emails")) yield return Identifier.Email(further);
        if (contact.Text("phone") is { } phone) yield return Identifier.Phone(phone);
        if (contact.Text("mobilephone") is { } mobile && mobile != contact.Text("phone")) yield return Identifier.Phone(mobile);
    }

    private Dictionary<string, string> Custom(HubSpotObject contact)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "lifecyclestage", "hs_lead_status", "hs_legal_basis" })
        {
            if (contact.Text(name) is { } value) custom[name] = value;
        }
        foreach (var (name, value) in properties.Custom(contact)) custom[name] = value;
        return custom;
    }

    // HubSpot's own word for the source stands where the first page's link tells no campaign.
    private static Attribution? AttributionOf(HubSpotObject contact)
    {
        var page = contact.Text("hs_analytics_first_url");
        var campaign = UtmParameters.OfLink(page) ?? new Attribution { Source = contact.Text("hs_analytics_source") };
        var attribution = campaign with { LandingPage = page, Referrer = contact.Text("hs_analytics_first_referrer") };
        return attribution == new Attribution() ? null : attribution;
    }

    private static IEnumerable<string> List(HubSpotObject contact, string name) =>
        contact.Text(name)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal) ?? [];
}
