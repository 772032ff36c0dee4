using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Whom an object is about: the contacts that it is associated with.</summary>
internal static class HubSpotPeople
{
    private static readonly Normalization.Ignored OfNobody = new("object", "is associated with no contact: there is nobody to tell it of");
    private static readonly Normalization.Ignored OfSeveral = new("object", "is associated with several contacts, and nothing tells whose it is");

    public static Person Of(string contact) => new() { Identifiers = [Identifier.Customer(contact)] };

    /// <summary>A fact for each contact.</summary>
    public static Normalization Each(HubSpotObject told, Func<string, Fact> fact) =>
        told.Contacts is { Count: > 0 } contacts ? Normalization.Of([.. contacts.Select(fact)]) : OfNobody;

    /// <summary>Facts about the one contact. What belongs to one person would make one of several.</summary>
    public static Normalization Only(HubSpotObject told, Func<string, Normalization> facts) => told.Contacts switch
    {
        [var contact] => facts(contact),
        [] => OfNobody,
        _ => OfSeveral,
    };
}
