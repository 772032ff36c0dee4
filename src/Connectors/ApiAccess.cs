namespace IntegrationHub.Connectors;

/// <summary>How a connection reaches its vendor's API.</summary>
public sealed record ApiAccess
{
    /// <summary>The address that the paths of the API's interface are relative to.</summary>
    public required Uri Address { get; init; }

    /// <summary>Whom the vendor counts the calls of: a shop, a company, a key. Connections of one connector with the same account share the limit. Never shown.</summary>
    public required string Account { get; init; }

    /// <summary>What proves that the hub may call.</summary>
    public required ApiCredential Credential { get; init; }

    /// <summary>How many calls the vendor allows.</summary>
    public required CallLimit Limit { get; init; }

    /// <summary>Longest wait for one answer.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls at a time.</summary>
    /// <value>Default 2.</value>
    public int Parallel { get; init; } = 2;

    /// <summary>Headers of every call, such as an API version.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the fault in an answer where the status alone does not tell it: an error inside a 200, a limit behind a 403. Null, or an answer of null, leaves it to the status.</summary>
    public Func<VendorAnswer, VendorException?>? Judge { get; init; }
}

/// <summary>How many calls a vendor allows.</summary>
/// <param name="Calls">At least 1; all of them at once are fine.</param>
/// <param name="Per">Within this time.</param>
public sealed record CallLimit(int Calls, TimeSpan Per);

/// <summary>What proves that the hub may call a vendor's API.</summary>
public abstract record ApiCredential
{
    private ApiCredential() { }

    /// <summary>A key in a header.</summary>
    /// <param name="Name">The header.</param>
    /// <param name="Value">The key, with the scheme before it where there is one.</param>
    public sealed record Header(string Name, string Value) : ApiCredential
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary>Basic authentication.</summary>
    public sealed record Basic(string User, string Password) : ApiCredential
    {
        /// <inheritdoc/>
        public override string ToString() => "Basic";
    }

    /// <summary>OAuth 2: the hub keeps the tokens and renews them.</summary>
    public sealed record OAuth(OAuthGrant Grant) : ApiCredential;

    /// <summary>A key behind the word Bearer.</summary>
    public static ApiCredential Bearer(string key) => new Header("Authorization", $"Bearer {key}");
}
