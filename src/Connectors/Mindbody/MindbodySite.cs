using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>A site, within which Mindbody's ids count.</summary>
/// <param name="Id">Its number.</param>
internal sealed record MindbodySite(string Id)
{
    /// <summary>An id that counts beyond the site.</summary>
    public string Wide(string id) => $"{Id}:{id}";

    public Fact Fact(string key, ContactEvent contactEvent) => new($"sites/{Id}/{key}", contactEvent);

    public SourceReference Source(string objectType, string id) => new() { ObjectType = objectType, ObjectId = Wide(id) };

    /// <param name="uniqueId">The id that stays.</param>
    /// <param name="clientId">The id that the studio sees and can change, or give to somebody else with a key tag: it counts for less.</param>
    /// <param name="email">The address.</param>
    public IReadOnlyList<Identifier> Identifiers(string? uniqueId, string? clientId, string? email)
    {
        List<Identifier> identifiers = [];
        if (uniqueId is not null) identifiers.Add(Identifier.Customer(Wide(uniqueId)));
        if (email is not null) identifiers.Add(Identifier.Email(email));
        if (clientId is not null) identifiers.Add(Identifier.Anonymous($"client:{Wide(clientId)}"));
        return identifiers;
    }
}
