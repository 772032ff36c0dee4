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

    public static string Of(EntityType type) => type.ToString().ToLowerInvariant();

    public static string Of(ConsentChannel channel) => channel.ToString().ToLowerInvariant();

    public static string Of(ConsentState state) => state.ToString().ToLowerInvariant();
}
