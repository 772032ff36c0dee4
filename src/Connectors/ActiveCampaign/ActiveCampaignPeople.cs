using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Whom a body concerns: its contact block, and the contact that its deal names.</summary>
internal sealed class ActiveCampaignPeople(ActiveCampaignFields fields)
{
    // What webhooks and the API both tell in fields of its own.
    private static readonly string[] Told = ["id", "email", "phone", "first_name", "last_name", "orgname"];

    /// <summary>The person. A deal's contact counts more than the contact block, which may be that of somebody else.</summary>
    public Person Of(FormPayload form)
    {
        if (form.Text("deal[id]") is null) return OfContact(form);
        var (contact, dealContact) = (Id(form, "contact[id]"), Id(form, "deal[contactid]"));
        if (contact is null || (dealContact is not null && dealContact != contact)) return OfDeal(form);
        return dealContact is null ? OfContact(form) : Merge(OfContact(form), OfDeal(form));
    }

    /// <summary>The campaign that brought the person, where custom fields keep it.</summary>
    public Attribution? AttributionOf(FormPayload form) => UtmParameters.Of(key => fields.Read(form).GetValueOrDefault(key));

    /// <summary>A digest of the contact block without the address of the device: the same state has the same digest.</summary>
    public static string Digest(FormPayload form)
    {
        var block = form.Under("contact").Where(member => member.Name is not ("ip" or "ip4"))
            .OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}\0{member.Value}\0");
        return Digest(string.Concat(block));
    }

    /// <summary>A digest of what webhooks and the API both tell of a contact, in whatever order: the same state has the same digest on both ways.</summary>
    public static string StateDigest(FormPayload form)
    {
        var block = Told.Select(name => (name, form.Text($"contact[{name}]") ?? ""))
            .Concat(ActiveCampaignFields.Values(form).OrderBy(field => field.Name, StringComparer.Ordinal))
            .Concat(Tags(form.Text("contact[tags]")).Order(StringComparer.Ordinal).Select(tag => ("tag", tag)));
        return Digest(string.Concat(block.Select(member => $"{member.Item1}\0{member.Item2}\0")));
    }

    /// <summary>A digest that tells texts apart in keys.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>An id; ActiveCampaign writes <c>0</c> for none.</summary>
    public static string? Id(FormPayload form, string key) => form.Text(key) is { } id && id != "0" ? id : null;

    private Person OfContact(FormPayload form)
    {
        var values = fields.Read(form);
        var (organisation, account) = (form.Text("contact[orgname]"), form.Text("contact[customer_acct_name]"));
        var custom = ActiveCampaignFields.CustomOf(values);
        if (organisation is not null && account is not null && account != organisation) custom.TryAdd("account", account);
        return new Person
        {
            Identifiers = Identifiers(Id(form, "contact[id]"), values.GetValueOrDefault("user"), form.Text("contact[email]"), form.Text("contact[phone]") ?? form.Text("sms[phone]")),
            FirstName = values.GetValueOrDefault("firstName") ?? form.Text("contact[first_name]"),
            LastName = values.GetValueOrDefault("lastName") ?? form.Text("contact[last_name]"),
            FullName = values.GetValueOrDefault("fullName"),
            Company = values.GetValueOrDefault("company") ?? organisation ?? account,
            JobTitle = values.GetValueOrDefault("jobTitle"),
            Locale = values.GetValueOrDefault("locale"),
            TimeZone = values.GetValueOrDefault("timeZone"),
            BirthDate = Date(values.GetValueOrDefault("birthDate")),
            Street = values.GetValueOrDefault("street"),
            City = values.GetValueOrDefault("city"),
            Region = values.GetValueOrDefault("region"),
            PostalCode = values.GetValueOrDefault("postalCode"),
            Country = Country(values.GetValueOrDefault("country")),
            Website = values.GetValueOrDefault("website"),
            Tags = Tags(form.Text("contact[tags]")),
            Custom = custom,
        };
    }

    private static Person OfDeal(FormPayload form) => new()
    {
        Identifiers = Identifiers(Id(form, "deal[contactid]"), null, form.Text("deal[contact_email]"), null),
        FirstName = form.Text("deal[contact_firstname]"),
        LastName = form.Text("deal[contact_lastname]"),
    };

    private static Person Merge(Person contact, Person dealContact) => contact with
    {
        Identifiers = [.. contact.Identifiers, .. dealContact.Identifiers.Where(identifier => !contact.Identifiers.Contains(identifier))],
        FirstName = contact.FirstName ?? dealContact.FirstName,
        LastName = contact.LastName ?? dealContact.LastName,
    };

    private static List<Identifier> Identifiers(string? id, string? user, string? email, string? phone)
    {
        List<Identifier> identifiers = [];
        if (id is not null) identifiers.Add(Identifier.Customer(id));
        if (user is not null) identifiers.Add(Identifier.User(user));
        if (email is not null) identifiers.Add(Identifier.Email(email));
        if (phone is not null) identifiers.Add(Identifier.Phone(phone));
        return identifiers;
    }

    private static string[] Tags(string? tags) => tags is null
        ? []
        : [.. tags.Split(", ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    // A field that a person fills in may hold anything; a birthday that can't be read must not hold an unsubscription back.
    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200 ? date : null;

    private static string? Country(string? country) => country is { Length: 2 } ? country.ToUpperInvariant() : country;
}
