using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Settings of one website or app that is tracked.</summary>
public sealed record SegmentSettings : ConnectorSettings, IValidatableObject
{
    /// <summary>The write key that your servers and plugins use; you choose it, for example with <c>openssl rand -hex 16</c>. It may make every call. A list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }

    /// <summary>Origins of the pages that may use a browser key, for example <c>https://www.example.com</c>.</summary>
    /// <value>Default none.</value>
    [SegmentOrigins]
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Write keys that stand in pages, where everybody can read them. They need <c>allowedOrigins</c>, and may not alias, delete, or tell what only mail tools know.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> BrowserKeys { get; init; } = [];

    /// <summary>How many requests one address may send in a minute with a browser key; more are answered 429. Offices and mobile networks share addresses.</summary>
    /// <value>1 to 100000, default 300.</value>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000 requests a minute")]
    public int BrowserRequestsPerMinute { get; init; } = 300;

    /// <summary>The shared secret of Segment's Webhooks destination, where that sends here too; a list while it is being changed.</summary>
    [Secret]
    public Secrets? WebhookSecret { get; init; }

    /// <summary>What becomes of orders, coupons and checkouts.</summary>
    /// <value>Default: <see cref="SegmentOrderSource.Orders"/>. Where the shop is connected here too, every order would count twice.</value>
    public SegmentOrderSource Orders { get; init; }

    /// <summary>Currency of amounts that are told without one. Segment itself assumes USD.</summary>
    /// <value>ISO 4217, upper case; null leaves such amounts out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? Currency { get; init; }

    /// <summary>Which standard event an event of yours is: <c>Whitepaper geladen</c> → <c>File Downloaded</c>.</summary>
    /// <value>Default none: an event that no standard knows is ignored and counted; only who is who is read from it.</value>
    [SegmentEventNames]
    public IReadOnlyDictionary<string, string> EventNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which category of your consent banner is consent for a channel: category → <c>email</c>, <c>sms</c>, <c>phone</c> or <c>post</c>.</summary>
    /// <value>Default none: categories of a banner are about cookies, and become attributes.</value>
    [SegmentConsentChannels]
    public IReadOnlyDictionary<string, string> ConsentCategories { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BrowserKeys.Count == 0) yield break;
        if (BrowserKeys.Any(string.IsNullOrWhiteSpace)) yield return new ValidationResult("holds a key that is blank", ["browserKeys"]);
        if (AllowedOrigins.Count == 0) yield return new ValidationResult("needs allowedOrigins: name the origins of the pages that the keys stand in", ["browserKeys"]);
        if (BrowserKeys.Intersect(WebhookToken, StringComparer.Ordinal).Any())
            yield return new ValidationResult("holds a key that is in webhookToken too: what stands in a page is no secret; take another key for it", ["browserKeys"]);
    }
}

/// <summary>Who tells of orders.</summary>
public enum SegmentOrderSource
{
    /// <summary>They are part of the record.</summary>
    Orders,

    /// <summary>The shop is connected too, and tells them itself.</summary>
    ToldElsewhere,
}
