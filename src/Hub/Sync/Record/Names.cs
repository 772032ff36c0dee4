using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>Enum members as the record and the API write them.</summary>
internal static class Names
{
    public static string Of(IdentifierKind kind) => kind switch
    {
        IdentifierKind.User => "user",
        IdentifierKind.Customer => "customer",
        IdentifierKind.Email => "email",
        IdentifierKind.Phone => "phone",
        IdentifierKind.Anonymous => "anonymous",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The kind of this name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static IdentifierKind IdentifierKindOf(ReadOnlySpan<char> name) => name switch
    {
        "user" => IdentifierKind.User,
        "customer" => IdentifierKind.Customer,
        "email" => IdentifierKind.Email,
        "phone" => IdentifierKind.Phone,
        "anonymous" => IdentifierKind.Anonymous,
        _ => throw new FormatException($"'{name}' is no kind of identifier."),
    };

    public static string Of(EntityType type) => type switch
    {
        EntityType.Order => "order",
        EntityType.Subscription => "subscription",
        EntityType.Invoice => "invoice",
        EntityType.Appointment => "appointment",
        EntityType.Registration => "registration",
        EntityType.Deal => "deal",
        EntityType.Cart => "cart",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Of(ConsentChannel channel) => channel.ToString().ToLowerInvariant();

    public static string Of(ConsentState state) => state.ToString().ToLowerInvariant();
}
