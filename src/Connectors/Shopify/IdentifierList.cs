using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Collects what identifies one person; the same value in another spelling is taken once.</summary>
internal sealed class IdentifierList
{
    private readonly List<Identifier> identifiers = [];
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The customer's id, and the id that the business's own site signs the customer in with (Multipass).</summary>
    public void AddCustomer(Payload customer)
    {
        if (customer["multipass_identifier"].Id() is { } user) Add(Identifier.User(user), user);
        if (ShopifyIds.Of(customer["id"], customer["admin_graphql_api_id"]) is { } id) Add(Identifier.Customer(id), id);
    }

    public void AddEmail(Payload email)
    {
        if (email.Text() is { } text) Add(Identifier.Email(text), text);
    }

    public void AddPhone(Payload phone)
    {
        if (phone.Text() is { } text) Add(Identifier.Phone(text), new string([.. text.Where(char.IsAsciiLetterOrDigit)]));
    }

    /// <summary>The phone of an address, but only when the address bears the person's name: a parcel may go to somebody else.</summary>
    public void AddOwnPhone(Payload address, Payload person)
    {
        var (first, last) = (person["first_name"].Text(), person["last_name"].Text());
        if (first is null && last is null) return;
        if (Same(address["first_name"].Text(), first) && Same(address["last_name"].Text(), last)) AddPhone(address["phone"]);
    }

    /// <summary>A cart or checkout that stands for a visitor.</summary>
    public void AddAnonymous(string kind, string? token)
    {
        if (token is not null) Add(Identifier.Anonymous($"{kind}:{token}"), token);
    }

    public IReadOnlyList<Identifier> ToList() => identifiers;

    private void Add(Identifier identifier, string comparable)
    {
        if (seen.Add($"{identifier.Kind} {comparable}")) identifiers.Add(identifier);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
