using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Who an object is about. Customers, sessions, invoices and payments tell the same members in different places.</summary>
internal static class StripePeople
{
    private static readonly string[] UtmKeys = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

    public static Person OfCustomer(Payload customer)
    {
        var balance = StripeMoney.Read(customer["balance"], customer["currency"]);
        return Attributes(customer, customer["shipping"]) with
        {
            Identifiers = IdentifiersOfCustomer(customer),
            Locale = customer["preferred_locales"].Items().Select(locale => locale.Text()).FirstOrDefault(),
            Custom = Custom(customer["metadata"],
                ("balance", balance is null ? null : $"{balance.Amount} {balance.Currency}"),
                ("delinquent", customer["delinquent"].Scalar()),
                ("description", customer["description"].Text()),
                ("tax_exempt", customer["tax_exempt"].Text())),
        };
    }

    /// <summary>Who a deleted customer was, without anything that Stripe no longer claims.</summary>
    public static Person OfDeletedCustomer(Payload customer) => new() { Identifiers = IdentifiersOfCustomer(customer) };

    public static Person OfSession(Payload session, bool referenceIsUser)
    {
        var details = session["customer_details"];
        var collected = session["collected_information"];
        var reference = session["client_reference_id"].Text();
        var typed = Attributes(details, collected["shipping_details"]);
        var custom = Custom(session["metadata"],
            ("client_reference_id", referenceIsUser ? null : reference),
            ("tax_exempt", details["tax_exempt"].Text()),
            ("tax_id", TaxIds(details["tax_ids"])),
            ("terms_of_service", session["consent"]["terms_of_service"].Text()));
        foreach (var field in session["custom_fields"].Items()) AddAnswer(custom, field);
        return typed with
        {
            Identifiers = Identifiers(session["customer"], details["email"].Text() ?? session["customer_email"].Text(), details["phone"].Text(), referenceIsUser ? reference : null),
            FullName = collected["individual_name"].Text() ?? typed.FullName,
            Company = typed.Company ?? collected["business_name"].Text(),
            Locale = session["locale"].Text() is { } locale and not "auto" ? locale : null,
            Custom = custom,
        };
    }

    public static Person OfInvoice(Payload invoice) => Attributes(invoice, invoice["customer_shipping"], "customer_") with
    {
        Identifiers = Identifiers(invoice["customer"], invoice["customer_email"].Text(), invoice["customer_phone"].Text()),
        Custom = Custom(invoice["metadata"], ("tax_exempt", invoice["customer_tax_exempt"].Text()), ("tax_id", TaxIds(invoice["customer_tax_ids"]))),
    };

    /// <summary>Of a charge or payment intent; a failed intent tells the billing details of the means of payment that failed.</summary>
    public static Person OfPayment(Payload payment)
    {
        var billing = payment["billing_details"].IsObject ? payment["billing_details"] : payment["last_payment_error"]["payment_method"]["billing_details"];
        return Attributes(billing, payment["shipping"]) with
        {
            Identifiers = Identifiers(payment["customer"], billing["email"].Text() ?? payment["receipt_email"].Text(), billing["phone"].Text()),
            Custom = Custom(payment["metadata"], ("tax_id", billing["tax_id"].Text())),
        };
    }

    /// <summary>Of an object that only points at its customer.</summary>
    public static Person OfReference(Payload holder) => new() { Identifiers = Identifiers(holder["customer"], null, null), Custom = Custom(holder["metadata"]) };

    /// <summary>Of a dispute: Stripe fills its evidence in advance with what it knows of the customer.</summary>
    public static Person OfDispute(Payload dispute)
    {
        var evidence = dispute["evidence"];
        return new() { Identifiers = Identifiers(dispute["customer"], evidence["customer_email_address"].Text(), null), FullName = evidence["customer_name"].Text() };
    }

    public static Attribution? Attribution(Payload metadata)
    {
        var told = new Attribution
        {
            Source = metadata["utm_source"].Text(),
            Medium = metadata["utm_medium"].Text(),
            Campaign = metadata["utm_campaign"].Text(),
            Term = metadata["utm_term"].Text(),
            Content = metadata["utm_content"].Text(),
        };
        return told == new Attribution() ? null : told;
    }

    private static Person Attributes(Payload details, Payload shipping, string prefix = "")
    {
        var address = details[prefix + "address"].IsObject ? details[prefix + "address"] : shipping["address"];
        var business = details[prefix + "business_name"].Text();
        var name = details[prefix + "name"].Text() ?? shipping["name"].Text();
        return new Person
        {
            FullName = details[prefix + "individual_name"].Text() ?? (name == business ? null : name),
            Company = business,
            Street = Joined(", ", [address["line1"].Text(), address["line2"].Text()]),
            City = address["city"].Text(),
            Region = address["state"].Text(),
            PostalCode = address["postal_code"].Text(),
            Country = address["country"].Text()?.ToUpperInvariant(),
        };
    }

    private static List<Identifier> IdentifiersOfCustomer(Payload customer) => Identifiers(customer["id"], customer["email"].Text(), customer["phone"].Text());

    private static List<Identifier> Identifiers(Payload customer, string? email, string? phone, string? user = null)
    {
        List<Identifier> identifiers = [];
        if (user is not null) identifiers.Add(Identifier.User(user));
        if (StripeEvent.Reference(customer) is { } id) identifiers.Add(Identifier.Customer(id));
        if (email is not null) identifiers.Add(Identifier.Email(email));
        if (phone is not null) identifiers.Add(Identifier.Phone(phone));
        return identifiers;
    }

    private static Dictionary<string, string> Custom(Payload metadata, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        Dictionary<string, string> custom = new(StringComparer.Ordinal);
        foreach (var (name, value) in metadata.Members())
        {
            if (!UtmKeys.Contains(name, StringComparer.Ordinal) && value.Text() is { } text) custom[name] = text;
        }
        foreach (var (name, value) in members)
        {
            if (value is not null) custom[name] = value;
        }
        return custom;
    }

    private static void AddAnswer(Dictionary<string, string> custom, Payload field)
    {
        if (field["key"].Text() is { } key && field["type"].Text() is { } type && field[type]["value"].Scalar() is { } answer) custom[key] = answer;
    }

    private static string? TaxIds(Payload taxIds) => Joined(", ", taxIds.Items().Select(taxId => taxId["value"].Text()));

    /// <summary>The texts that are known, joined; null when none is.</summary>
    public static string? Joined(string separator, IEnumerable<string?> texts) =>
        string.Join(separator, texts.Where(text => text is not null)) is { Length: > 0 } joined ? joined : null;
}
