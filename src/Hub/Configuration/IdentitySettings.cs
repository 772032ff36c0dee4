using System.Collections.Frozen;

namespace IntegrationHub.Hub.Configuration;

/// <summary>How events are turned into contacts: the <c>identity</c> object of the file.</summary>
internal sealed record IdentitySettings
{
    /// <summary>Trust of a connection that is not listed.</summary>
    public const int DefaultTrust = 50;

    /// <summary>E-mail addresses that identify nobody, in lower case: <c>info@example.com</c>, or <c>@example.com</c> for a whole domain.</summary>
    public IReadOnlyList<string> BlockedEmails { get; init; } = [];

    /// <summary>How far to trust what a connection says.</summary>
    /// <value>0 to 100 by connection; the higher one wins.</value>
    public FrozenDictionary<string, int> Trust { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>How much one contact may hold before joining more is doubted.</summary>
    public IdentityLimits Limits { get; init; } = new();

    /// <summary>How far to trust a connection, listed or not.</summary>
    public int TrustOf(string connection) => Trust.GetValueOrDefault(connection, DefaultTrust);
}
