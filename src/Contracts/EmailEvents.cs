using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>What is common to the events of an e-mail list or campaign.</summary>
public abstract record EmailEvent : ContactEvent
{
    /// <summary>The vendor's id of the list, audience or group.</summary>
    public string? ListId { get; init; }

    /// <summary>Name of the list.</summary>
    public string? ListName { get; init; }

    /// <summary>The vendor's id of the campaign or message.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Name or subject of the campaign.</summary>
    public string? CampaignName { get; init; }
}

/// <summary>A person joined an e-mail list.</summary>
public sealed record EmailSubscribed : EmailEvent;

/// <summary>A person left an e-mail list.</summary>
public sealed record EmailUnsubscribed : EmailEvent
{
    /// <summary>Why, in the person's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>An e-mail could not be delivered.</summary>
public sealed record EmailBounced : EmailEvent
{
    /// <summary>Whether it is worth trying again.</summary>
    public BounceType? Type { get; init; }

    /// <summary>SMTP or enhanced status code.</summary>
    public string? Code { get; init; }

    /// <summary>What the other mail server said.</summary>
    public string? Description { get; init; }
}

/// <summary>Kinds of bounces.</summary>
[JsonConverter(typeof(CamelCase<BounceType>))]
public enum BounceType
{
    /// <summary>The address does not work; it is suppressed.</summary>
    Hard,

    /// <summary>A passing trouble.</summary>
    Soft,
}

/// <summary>A person reported an e-mail as spam; the address is suppressed.</summary>
public sealed record EmailComplained : EmailEvent;

/// <summary>An e-mail was sent or delivered to the person.</summary>
public sealed record EmailSent : EmailEvent;

/// <summary>A person opened an e-mail.</summary>
public sealed record EmailOpened : EmailEvent;

/// <summary>A person followed a link of an e-mail.</summary>
public sealed record EmailClicked : EmailEvent
{
    /// <summary>Where the link leads.</summary>
    public string? Url { get; init; }
}
