using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Hub.Access;

/// <summary>A key of the API as it is kept: what is secret of it is not among this.</summary>
/// <param name="Id">The part of the key that may be shown.</param>
/// <param name="CreatedBy">Who made it: the name of a key, or <c>cli:</c> and a user.</param>
/// <param name="UsedAt">When it was last used, to the minute; null when never.</param>
internal sealed record ApiKey(string Id, string Name, Role Role, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt, string? RevokedBy);

/// <summary>A key as its holder writes it: <c>hub_&lt;id&gt;_&lt;secret&gt;</c>, the id in 12 and the secret in 64 hexadecimal digits.</summary>
/// <remarks>Not a record: a record would print the secret.</remarks>
internal sealed class ApiKeyText
{
    private const string Prefix = "hub_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int SecretAt = 4 + (2 * IdBytes) + 1;
    private const int Length = SecretAt + (2 * SecretBytes);

    private ApiKeyText(string id, string secret) => (Id, Secret) = (id, secret);

    public string Id { get; }

    /// <summary>The whole key, for its holder.</summary>
    public string Text => $"{Prefix}{Id}_{Secret}";

    // The secret is 256 random bits: nobody tries them all, so that a slow hash would protect nothing and cost each request a tenth of a second.
    public byte[] SecretHash => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    private string Secret { get; }

    /// <summary>A new one.</summary>
    public static ApiKeyText Create() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads what somebody gave as a key; null when it is not of this form.</summary>
    public static ApiKeyText? Read(string given)
    {
        if (given.Length != Length || !given.StartsWith(Prefix, StringComparison.Ordinal) || given[SecretAt - 1] != '_') return null;
        return new ApiKeyText(given[Prefix.Length..(SecretAt - 1)], given[SecretAt..]);
    }
}
