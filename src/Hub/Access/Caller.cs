namespace IntegrationHub.Hub.Access;

/// <summary>Who calls the API: the holder of a key.</summary>
/// <param name="KeyId">The key's id; null for the key that the hub was started with.</param>
internal sealed record Caller(string Name, string? KeyId, Role Role)
{
    /// <summary>The key, as the audit names it.</summary>
    public string Key => KeyId ?? Name;

    /// <summary>The holder of <c>Hub:AdminKey</c> or <c>admin.key</c>.</summary>
    public static Caller OfAdminKey { get; } = new("admin.key", null, Role.Admin);

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The endpoint needs no key.</exception>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody is known who calls this endpoint: it needs no key.");
}
