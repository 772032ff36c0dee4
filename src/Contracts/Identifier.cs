using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A value by which a person can be recognised. The value is as the vendor sent it; the hub normalizes it when it resolves identities.</summary>
public sealed record Identifier
{
    /// <summary>What the value is.</summary>
    public required IdentifierKind Kind { get; init; }

    /// <summary>The value as the vendor sent it.</summary>
    public required string Value { get; init; }

    /// <summary>An e-mail address.</summary>
    public static Identifier Email(string value) => new() { Kind = IdentifierKind.Email, Value = value };

    /// <summary>A phone number in any notation; without a country code the connection's default country is assumed.</summary>
    public static Identifier Phone(string value) => new() { Kind = IdentifierKind.Phone, Value = value };

    /// <summary>The vendor's id of its customer, contact or invitee; it counts within the event's connection only.</summary>
    public static Identifier Customer(string value) => new() { Kind = IdentifierKind.Customer, Value = value };

    /// <summary>The business's own user id, the same in every tool that is told it.</summary>
    public static Identifier User(string value) => new() { Kind = IdentifierKind.User, Value = value };

    /// <summary>A device, visitor, cart or submission whose person is not known yet; it counts within the event's connection only.</summary>
    public static Identifier Anonymous(string value) => new() { Kind = IdentifierKind.Anonymous, Value = value };
}

/// <summary>Kinds of identifiers, the strongest first.</summary>
[JsonConverter(typeof(CamelCase<IdentifierKind>))]
public enum IdentifierKind
{
    /// <summary>The business's own user id, across connections.</summary>
    User,

    /// <summary>A vendor's customer id, within one connection.</summary>
    Customer,

    /// <summary>An e-mail address, across connections.</summary>
    Email,

    /// <summary>A phone number, across connections.</summary>
    Phone,

    /// <summary>A visitor or submission id, within one connection.</summary>
    Anonymous,
}
