namespace IntegrationHub.Hub.Configuration;

/// <summary>How much one contact may hold before joining more is doubted: past a limit the weaker tie is refused and shown for review.</summary>
internal sealed record IdentityLimits
{
    /// <summary>Most e-mail addresses of one contact.</summary>
    /// <value>1 to 100, default 5.</value>
    public int Emails { get; init; } = 5;

    /// <summary>Most phone numbers of one contact.</summary>
    /// <value>1 to 100, default 10.</value>
    public int Phones { get; init; } = 10;

    /// <summary>Most user ids of one contact.</summary>
    /// <value>1 to 100, default 1.</value>
    public int Users { get; init; } = 1;

    /// <summary>Most customer ids of one contact within one connection.</summary>
    /// <value>1 to 100, default 5.</value>
    public int CustomersPerConnection { get; init; } = 5;

    /// <summary>An e-mail address, phone number or visitor id that comes together with more people than this names nobody: it is shared, and joins no one.</summary>
    /// <value>At least the highest of the other limits, to 1,000; default 10.</value>
    public int SharedAbove { get; init; } = 10;

    /// <summary>The highest of the limits on one contact.</summary>
    public int Highest => Math.Max(Math.Max(Emails, Phones), Math.Max(Users, CustomersPerConnection));
}
