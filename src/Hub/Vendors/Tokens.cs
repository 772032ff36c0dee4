using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>What a connection holds of a grant.</summary>
/// <remarks>Not a record: a record would print its secrets.</remarks>
internal sealed class Tokens
{
    /// <summary>The client that they were given to.</summary>
    public required byte[] Client { get; init; }

    /// <summary>Hash of the refresh token in the settings when these were begun; one that is set later begins anew.</summary>
    public required string? Seed { get; init; }

    /// <summary>What calls are made with; null when there is only a refresh token yet.</summary>
    public required string? Access { get; init; }

    public required string? Refresh { get; init; }

    /// <summary>When they were asked for, by the hub's clock.</summary>
    public required DateTimeOffset RenewedAt { get; init; }

    /// <summary>When the access token runs out; null when nothing can be done about it before the vendor refuses it.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether a renewal was begun of which nobody knows how it ended: the vendor may have another refresh token by now.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>When the access token is renewed: before a fifth of its life is left, and at most 5 minutes before its end.</summary>
    public DateTimeOffset RenewAt
    {
        get
        {
            if (ExpiresAt is not { } end) return DateTimeOffset.MaxValue;
            var fifth = (end - RenewedAt) / 5;
            return end - (fifth < Ahead ? fifth : Ahead);
        }
    }

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>What a grant's answer comes to.</summary>
    public static Tokens Of(OAuthGrant grant, TokenAnswer answer, string? refreshBefore)
    {
        var refresh = IsByClient(grant) ? null : answer.Refresh ?? refreshBefore;
        return new Tokens
        {
            Client = ClientOf(grant),
            Seed = SeedOf(grant),
            Access = answer.Access,
            Refresh = refresh,
            RenewedAt = answer.AskedAt,
            ExpiresAt = refresh is null && !IsByClient(grant) ? null : answer.AskedAt + (answer.Lifetime ?? grant.UsualLifetime),
        };
    }

    /// <summary>What the refresh token of the settings comes to.</summary>
    public static Tokens FromSettings(OAuthGrant grant, DateTimeOffset now) =>
        new() { Client = ClientOf(grant), Seed = SeedOf(grant), Access = null, Refresh = grant.RefreshToken, RenewedAt = now, ExpiresAt = now };

    /// <summary>The same, in doubt.</summary>
    public Tokens InDoubt() => new() { Client = Client, Seed = Seed, Access = Access, Refresh = Refresh, RenewedAt = RenewedAt, ExpiresAt = ExpiresAt, IsInDoubt = true };

    /// <summary>Whether these are of this grant: the client is the same, and the settings hold no other refresh token than the one they were begun with.</summary>
    public bool AreOf(OAuthGrant grant) => Client.AsSpan().SequenceEqual(ClientOf(grant)) && (grant.RefreshToken is null || SeedOf(grant) == Seed);

    /// <summary>Whether the client gets tokens by its own secret alone.</summary>
    public static bool IsByClient(OAuthGrant grant) => grant is { AuthorizeAddress: null, RefreshToken: null };

    /// <summary>16 bytes that stand for the client and where it gets its tokens.</summary>
    public static byte[] ClientOf(OAuthGrant grant) => SHA256.HashData(Encoding.UTF8.GetBytes($"{grant.ClientId}\n{grant.TokenAddress}"))[..16];

    private static string? SeedOf(OAuthGrant grant) => grant.RefreshToken is { } seed ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed))) : null;
}

/// <summary>The part of <see cref="Tokens"/> that is sealed.</summary>
internal sealed class TokenSecrets
{
    public string? Access { get; init; }

    public string? Refresh { get; init; }

    public string? Seed { get; init; }
}

/// <summary>What a token endpoint gave.</summary>
/// <remarks>Not a record: a record would print its secrets.</remarks>
internal sealed class TokenAnswer
{
    public required string Access { get; init; }

    public string? Refresh { get; init; }

    /// <summary>Null when the vendor does not say.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Before the call, by the hub's clock, so that what the answer took on its way is not counted twice.</summary>
    public required DateTimeOffset AskedAt { get; init; }
}
