using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A person allowed or forbade to be contacted over a channel.</summary>
public sealed record ConsentChanged : ContactEvent
{
    /// <summary>The channel.</summary>
    public required ConsentChannel Channel { get; init; }

    /// <summary>What holds from <see cref="ContactEvent.OccurredAt"/> on.</summary>
    public required ConsentState State { get; init; }

    /// <summary>How it was given, in the tool's words, for example <c>confirmed_opt_in</c>.</summary>
    public string? Basis { get; init; }
}

/// <summary>Channels of consent.</summary>
[JsonConverter(typeof(CamelCase<ConsentChannel>))]
public enum ConsentChannel
{
    /// <summary>Marketing by e-mail.</summary>
    Email,

    /// <summary>Marketing by text message.</summary>
    Sms,

    /// <summary>Marketing by phone call.</summary>
    Phone,

    /// <summary>Marketing by post.</summary>
    Post,
}

/// <summary>States of consent.</summary>
[JsonConverter(typeof(CamelCase<ConsentState>))]
public enum ConsentState
{
    /// <summary>Given.</summary>
    Granted,

    /// <summary>Asked for and not confirmed yet.</summary>
    Pending,

    /// <summary>Withdrawn or refused.</summary>
    Withdrawn,
}
