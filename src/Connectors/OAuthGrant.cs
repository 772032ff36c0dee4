namespace IntegrationHub.Connectors;

/// <summary>How a vendor hands out access by OAuth 2.</summary>
public sealed record OAuthGrant
{
    /// <summary>Where a person grants access; null for client credentials, where nobody has to.</summary>
    public Uri? AuthorizeAddress { get; init; }

    /// <summary>Where tokens are had.</summary>
    public required Uri TokenAddress { get; init; }

    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The client's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>A refresh token that the admin had elsewhere and put into the settings; the hub begins with it when it has none of its own.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>What is asked for, in the vendor's words.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Further parameters of the authorize address, such as <c>access_type=offline</c>.</summary>
    public IReadOnlyDictionary<string, string> AuthorizeParameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the client proves itself by Basic authentication rather than by form fields.</summary>
    public bool ClientInHeader { get; init; }

    /// <summary>Whether the authorize address wants a code challenge (PKCE, S256).</summary>
    public bool Pkce { get; init; }

    /// <summary>The word before the token in the Authorization header.</summary>
    /// <value>Default <c>Bearer</c>.</value>
    public string Scheme { get; init; } = "Bearer";

    /// <summary>The vendor's own header for the token, which then stands there alone; null for Authorization.</summary>
    public string? TokenHeader { get; init; }

    /// <summary>How long an access token lasts when the vendor does not say.</summary>
    /// <value>Default 30 min.</value>
    public TimeSpan UsualLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The client's id: the rest is secret.</summary>
    public override string ToString() => ClientId;
}
