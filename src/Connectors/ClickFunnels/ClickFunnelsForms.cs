using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>form_submission.created</c>. A page has the fields its makers gave it: those with usual names tell who sent the form.</summary>
/// <param name="consentField">The field by which a person allows marketing e-mails, or null.</param>
internal sealed class ClickFunnelsForms(string? consentField)
{
    public Normalization Submitted(ClickFunnelsEvent told)
    {
        var submission = told.Data;
        List<(string Name, string Value)> fields = [.. ClickFunnelsFields.Read(submission["data"])];
        var person = PersonOf(fields, submission["contact_id"].Id());
        var key = $"form-submissions/{told.Id}";
        List<Fact> facts =
        [
            new($"{key}/submitted", new FormSubmitted
            {
                OccurredAt = told.CreatedAt,
                Person = person,
                Source = told.Source("form_submission"),
                Attribution = ClickFunnelsFields.OfAddress(submission["data"]["url"].Text()),
                FormId = submission["page_id"].Id() ?? "unknown",
                SubmissionId = told.Id,
                Answers = [.. fields.Where(field => !ClickFunnelsFields.IsOfThePage(field.Name)).Select(field => new FormAnswer { Key = field.Name, Value = field.Value })],
            }),
        ];
        if (consentField is not null && fields.Exists(field => Leaf(field.Name) == consentField && IsTicked(field.Value)))
        {
            facts.Add(new Fact($"{key}/consent", new ConsentChanged
            {
                OccurredAt = told.CreatedAt,
                Person = person,
                Source = told.Source("form_submission"),
                Channel = ConsentChannel.Email,
                State = ConsentState.Granted,
                Basis = consentField,
            }));
        }
        return Normalization.Of(facts);
    }

    private static Person PersonOf(List<(string Name, string Value)> fields, string? contactId)
    {
        string? Field(params string[] names) => fields.Where(field => names.Contains(Leaf(field.Name), StringComparer.OrdinalIgnoreCase)).Select(field => field.Value).FirstOrDefault();
        List<Identifier> identifiers = [];
        if (contactId is not null) identifiers.Add(Identifier.Customer(contactId));
        if (Field("email", "email_address") is { } email) identifiers.Add(Identifier.Email(email));
        if (Field("phone", "phone_number") is { } phone) identifiers.Add(Identifier.Phone(phone));
        return new Person
        {
            Identifiers = identifiers,
            FirstName = Field("first_name"),
            LastName = Field("last_name"),
            FullName = Field("name", "full_name"),
            Company = Field("company", "company_name", "organization_name"),
            Street = Field("address", "street", "shipping_address"),
            City = Field("city", "shipping_city"),
            Region = Field("state", "region", "shipping_state"),
            PostalCode = Field("zip", "postal_code", "shipping_zip"),
            Country = Field("country", "shipping_country"),
            TimeZone = RailsTimeZones.Iana(Field("time_zone")),
        };
    }

    // "contact[email]" is the field "email" of a form that puts its fields into a group.
    private static string Leaf(string name) => name.StartsWith("contact[", StringComparison.Ordinal) ? name["contact[".Length..^1] : name;

    private static bool IsTicked(string value) => value.ToUpperInvariant() is "TRUE" or "1" or "ON" or "YES" or "Y" or "CHECKED";
}
