using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads customers: each contact person with an e-mail address or phone number is a person of its own.</summary>
/// <param name="consentField">API name of the custom field that is ticked when marketing e-mails are allowed, or null.</param>
internal sealed class ZohoPeople(string? consentField)
{
    public Normalization Observed(ZohoRecord told)
    {
        var contact = told.Data;
        if (contact["contact_type"].Text() is "vendor") return told.Ignored("a supplier, no customer");
        var people = People(told);
        if (people.Count == 0) return told.Ignored("a customer without an e-mail address or phone number");
        var facts = people.ConvertAll(person => new Fact($"{Key(told, person)}/state/{ZohoTime.Stamp(told.At)}", new ContactObserved
        {
            OccurredAt = told.At,
            TimeBasis = told.Basis,
            Person = PersonOf(told, person, people),
            Source = told.Source,
            Attribution = ZohoFields.Attribution(contact),
        }));
        if (ZohoFields.IsTicked(ZohoFields.Value(contact, consentField))) facts.Add(Consent(told, people[0], people));
        return Normalization.Of(facts);
    }

    // The time of the deletion is not told. What is taken back was said up to the last change.
    public static Normalization Deleted(ZohoRecord told)
    {
        var people = People(told);
        return Normalization.Of(people.Count == 0
            ? [Removed($"contacts/{told.Id}/deleted", told, told.Id)]
            : people.ConvertAll(person => Removed($"{Key(told, person)}/deleted", told, PersonId(told, person))));
    }

    private static Fact Removed(string key, ZohoRecord told, string id) => new(key, new ContactRemovedAtSource
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = new Person { Identifiers = [Identifier.Customer(id)] },
        Source = told.Source,
    });

    private Fact Consent(ZohoRecord told, Payload primary, List<Payload> people) => new($"{Key(told, primary)}/consent", new ConsentChanged
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = new Person { Identifiers = Identifiers(told, primary, people) },
        Source = told.Source,
        Channel = ConsentChannel.Email,
        State = ConsentState.Granted,
        Basis = consentField,
    });

    // The primary one first. Without any, the customer itself is the person.
    private static List<Payload> People(ZohoRecord told)
    {
        var people = told.Data["contact_persons"].Items().Where(IsReachable).OrderByDescending(person => person["is_primary_contact"].Flag() is true).ToList();
        return people.Count > 0 ? people : IsReachable(told.Data) ? [told.Data] : [];
    }

    private static bool IsReachable(Payload person) => person["email"].Text() is not null || ZohoCustomer.Phones(person).Any();

    private static string Key(ZohoRecord told, Payload person) => $"contacts/{told.Id}/persons/{PersonId(told, person)}";

    private static string PersonId(ZohoRecord told, Payload person) => person["contact_person_id"].Id() ?? told.Id;

    private static Person PersonOf(ZohoRecord told, Payload person, List<Payload> people)
    {
        var contact = told.Data;
        var isItself = ReferenceEquals(person, contact);
        var company = contact["company_name"].Text();
        var isCompany = company is not null || contact["customer_sub_type"].Text() is "business";
        return ZohoCustomer.Addressed(
            new Person
            {
                Identifiers = Identifiers(told, person, people),
                FirstName = person["first_name"].Text(),
                LastName = person["last_name"].Text(),
                FullName = isItself && !isCompany ? contact["contact_name"].Text() : null,
                Company = company ?? (isCompany ? contact["contact_name"].Text() : null),
                JobTitle = person["designation"].Text(),
                Locale = contact["language_code"].Text(),
                Website = contact["website"].Text(),
                Custom = Custom(contact, person),
            },
            contact["billing_address"]);
    }

    // A number that colleagues have as well is the company's.
    private static List<Identifier> Identifiers(ZohoRecord told, Payload person, List<Payload> people)
    {
        List<Identifier> identifiers = [Identifier.Customer(PersonId(told, person))];
        if (IsIndividual(told.Data) && identifiers[0].Value != told.Id) identifiers.Add(Identifier.Customer(told.Id));
        if (person["email"].Text() is { } email) identifiers.Add(Identifier.Email(email));
        foreach (var phone in ZohoCustomer.Phones(person))
        {
            if (!people.Exists(other => !ReferenceEquals(other, person) && ZohoCustomer.Phones(other).Contains(phone, StringComparer.Ordinal))) identifiers.Add(Identifier.Phone(phone));
        }
        return identifiers;
    }

    private static bool IsIndividual(Payload contact) => contact["customer_sub_type"].Text() is "individual";

    private static Dictionary<string, string> Custom(Payload contact, Payload person)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "salutation", "department" })
        {
            if (person[name].Text() is { } text) custom[name] = text;
        }
        foreach (var name in new[] { "facebook", "twitter" })
        {
            if (contact[name].Text() is { } text) custom[name] = text;
        }
        if (contact["status"].Text() is { } status) custom["customer_status"] = status;
        foreach (var name in new[] { "outstanding_receivable_amount", "unused_credits_receivable_amount" })
        {
            if (Amounts.Major(contact[name], contact["currency_code"]) is { } amount) custom[name] = $"{Amounts.Write(amount.Amount, amount.Currency)} {amount.Currency}";
        }
        foreach (var (name, value) in ZohoFields.Read(contact).Where(field => !ZohoFields.IsUtm(field.Name))) custom[name] = value;
        return custom;
    }
}
