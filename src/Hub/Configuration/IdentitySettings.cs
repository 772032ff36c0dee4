using System.Collections.Frozen;
using IntegrationHub.Hub.Sync.Normalization;

namespace IntegrationHub.Hub.Configuration;

/// <summary>How events are turned into contacts: the <c>identity</c> object of the file.</summary>
internal sealed record IdentitySettings
{
    /// <summary>Trust of a connection that is not listed.</summary>
    public const int DefaultTrust = 50;

    /// <summary>E-mail addresses that identify nobody, in lower case: <c>info@example.com</c>, or <c>@example.com</c> for a whole domain.</summary>
    public IReadOnlyList<string> BlockedEmails { get; init; } = [];

    /// <summary>Phone numbers that identify nobody, in E.164.</summary>
    public FrozenSet<string> BlockedPhones { get; init; } = FrozenSet<string>.Empty;

    /// <summary>User, customer and visitor ids that identify nobody, as names of nodes: <c>user:guest</c>, <c>customer:shop_eu:0</c>.</summary>
    public FrozenSet<string> BlockedIds { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Which spellings of an e-mail address are one mailbox.</summary>
    public EmailRules Emails { get; init; } = EmailRules.Default;

    /// <summary>How far to trust what a connection says, by connection.</summary>
    public FrozenDictionary<string, FieldTrust> Trust { get; init; } = FrozenDictionary<string, FieldTrust>.Empty;

    /// <summary>How much one contact may hold before joining more is doubted.</summary>
    public IdentityLimits Limits { get; init; } = new();

    /// <summary>How far to trust what a connection says of a field, listed or not.</summary>
    /// <returns>0 to 100; the higher one wins.</returns>
    public int TrustOf(string connection, string field) => Trust.TryGetValue(connection, out var trust) ? trust.Of(field) : DefaultTrust;
}
