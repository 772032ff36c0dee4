using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Whom an invoice, payment or the like is about: the primary contact person of its customer. A customer can be a company of many people, so its id names a person only where nothing else does.</summary>
internal static class ZohoCustomer
{
    public static Person Of(Payload document)
    {
        var primary = Primary(document);
        var email = document["email"].Text() ?? primary?["email"].Text() ?? primary?["contact_person_email"].Text();
        List<Identifier> identifiers = [];
        if (primary?["contact_person_id"].Id() is { } personId) identifiers.Add(Identifier.Customer(personId));
        if (email is not null) identifiers.Add(Identifier.Email(email));
        foreach (var phone in Phones(primary)) identifiers.Add(Identifier.Phone(phone));
        if (identifiers.Count == 0 && document["customer_id"].Id() is { } customerId) identifiers.Add(Identifier.Customer(customerId));
        return Named(document, primary) with { Identifiers = identifiers };
    }

    /// <summary>With an address; blank parts are unknown.</summary>
    public static Person Addressed(Person person, Payload address) => person with
    {
        Street = Joined(address["street"].Text() ?? address["address"].Text(), address["street2"].Text()),
        City = address["city"].Text(),
        Region = address["state"].Text(),
        PostalCode = address["zip"].Text() ?? address["zipcode"].Text(),
        Country = address["country_code"].Text() ?? address["country"].Text(),
    };

    /// <summary>The numbers of a contact person, each once.</summary>
    public static IEnumerable<string> Phones(Payload? person) =>
        person is null ? [] : new[] { person["mobile"].Text(), person["phone"].Text() }.OfType<string>().Distinct(StringComparer.Ordinal);

    private static Person Named(Payload document, Payload? primary)
    {
        var (company, customer) = (document["company_name"].Text(), document["customer_name"].Text());
        var (first, last) = (primary?["first_name"].Text(), primary?["last_name"].Text());
        var name = primary?["contact_person_name"].Text() ?? document["contact"].Text();
        var isNamed = first is not null || last is not null || name is not null;
        var isOther = customer is not null && customer != Joined(" ", first, last) && customer != name;
        var person = new Person
        {
            FirstName = first,
            LastName = last,
            FullName = name,
            Company = company ?? (isNamed && isOther ? customer : null),
            // The customer's display name alone can be a person's or a company's.
            Custom = !isNamed && company is null && customer is not null ? new Dictionary<string, string>(StringComparer.Ordinal) { ["customer_name"] = customer } : new Person().Custom,
        };
        return Addressed(person, document["billing_address"]);
    }

    private static Payload? Primary(Payload document)
    {
        var people = document["contact_persons_details"].Items().Concat(document["contact_persons_associated"].Items()).ToList();
        var email = document["email"].Text();
        return people.Find(person => person["is_primary_contact"].Flag() is true)
            ?? people.Find(person => email is not null && (person["email"].Text() ?? person["contact_person_email"].Text()) == email);
    }

    private static string? Joined(string? first, string? second) => Joined(", ", first, second);

    private static string? Joined(string separator, string? first, string? second) => first is null ? second : second is null ? first : first + separator + second;
}
