namespace IntegrationHub.Connectors;

/// <summary>A vendor's API did not give what it was asked for.</summary>
/// <param name="fault">What kind of fault.</param>
/// <param name="problem">What happened, safe to show: no body, no key, no address of a person.</param>
public sealed class VendorException(VendorFault fault, string problem) : Exception(problem)
{
    /// <summary>What kind of fault.</summary>
    public VendorFault Fault { get; } = fault;

    /// <summary>How long the vendor asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Kinds of faults of a vendor's API, by what can be done about them.</summary>
public enum VendorFault
{
    /// <summary>The key or token is not accepted: somebody has to renew it.</summary>
    Unauthorized,

    /// <summary>The key is accepted, and may not do this: a scope or a plan is missing.</summary>
    Forbidden,

    /// <summary>There is no such object, or no more.</summary>
    NotFound,

    /// <summary>Too many calls: wait.</summary>
    Throttled,

    /// <summary>The vendor is down, slow or unreachable: try again.</summary>
    Unavailable,

    /// <summary>The answer is not what was promised, such as a page for people where JSON was due.</summary>
    Misread,

    /// <summary>The vendor refuses the call as it is: trying again would end the same.</summary>
    Refused,
}
