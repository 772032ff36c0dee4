using System.Collections.Frozen;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Traits of people and companies. Those that Segment reserves become fields; others become attributes.</summary>
internal static class SegmentTraits
{
    private static readonly FrozenDictionary<string, string> Targets = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["email"] = "email", ["phone"] = "phone", ["name"] = "fullName", ["title"] = "jobTitle", ["birthday"] = "birthDate", ["website"] = "website",
        ["firstName"] = "firstName", ["first_name"] = "firstName", ["lastName"] = "lastName", ["last_name"] = "lastName",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> AddressTargets = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["street"] = "street", ["city"] = "city", ["state"] = "region", ["postalCode"] = "postalCode", ["postal_code"] = "postalCode", ["country"] = "country",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Takes all traits of a person.</summary>
    public static void Tell(Respondent person, Payload traits)
    {
        if (!traits.IsObject) return;
        TellReserved(person, traits);
        foreach (var (name, value) in traits.Members())
        {
            if (!IsReserved(name) && !SecretFieldNames.Contains(name) && SegmentValue.Text(value) is { } text) person.Tell($"custom.{name}", text);
        }
    }

    /// <summary>Takes the reserved traits of a person only.</summary>
    public static void TellReserved(Respondent person, Payload traits)
    {
        if (!traits.IsObject) return;
        foreach (var (name, target) in Targets)
        {
            if (SegmentValue.Text(traits[name]) is { } text) person.Tell(target, target is "birthDate" && text.Length > 10 ? text[..10] : text);
        }
        TellAddress(person, traits["address"]);
        TellCompany(person, traits["company"]);
    }

    /// <summary>Takes the company that the person belongs to. Its address, phone number and e-mail address are not the person's.</summary>
    public static void TellGroup(Respondent person, string? id, Payload traits)
    {
        if (id is not null) person.Tell("custom.company.id", id);
        if (!traits.IsObject) return;
        if (SegmentValue.Text(traits["website"]) is { } website) person.Tell("website", website);
        TellMembers(person, traits, "website", "email", "phone", "address");
    }

    /// <summary>Whether a trait becomes a field.</summary>
    public static bool IsReserved(string name) => Targets.ContainsKey(name) || name is "address" or "company";

    private static void TellAddress(Respondent person, Payload address)
    {
        if (SegmentValue.Scalar(address) is { } line) person.Tell("street", line);
        if (!address.IsObject) return;
        foreach (var (name, target) in AddressTargets)
        {
            if (SegmentValue.Text(address[name]) is { } text) person.Tell(target, text);
        }
    }

    private static void TellCompany(Respondent person, Payload company)
    {
        if (SegmentValue.Scalar(company) is { } name) person.Tell("company", name);
        if (company.IsObject) TellMembers(person, company);
    }

    private static void TellMembers(Respondent person, Payload company, params ReadOnlySpan<string> except)
    {
        foreach (var (name, value) in company.Members())
        {
            if (except.Contains(name) || SecretFieldNames.Contains(name) || SegmentValue.Text(value) is not { } text) continue;
            person.Tell(name switch { "name" => "company", "employee_count" => "custom.company.employees", _ => $"custom.company.{name}" }, text);
        }
    }
}
