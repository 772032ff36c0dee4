using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>A connector that takes changes of the record back to its vendor.</summary>
public interface IContactSink
{
    /// <summary>How the API is reached; null when the settings hold no key to it.</summary>
    ApiAccess? Api { get; }

    /// <summary>Makes the vendor's contact say what the record says. Doing it twice does no more than once.</summary>
    Task<PushOutcome> PushAsync(ContactChanged change, VendorApi api, CancellationToken cancellationToken);
}

/// <summary>What became of a push.</summary>
public abstract record PushOutcome
{
    private PushOutcome() { }

    /// <summary>The vendor has it.</summary>
    public sealed record Done : PushOutcome;

    /// <summary>The vendor asks to wait.</summary>
    /// <param name="Wait">How long; null when it does not say.</param>
    public sealed record RetryAfter(TimeSpan? Wait) : PushOutcome;

    /// <summary>The vendor does not take it, now or later.</summary>
    /// <param name="Reason">Why, safe to show.</param>
    public sealed record Refused(string Reason) : PushOutcome;

    /// <summary>The key is not accepted.</summary>
    public sealed record Unauthorized : PushOutcome;
}
