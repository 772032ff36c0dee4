namespace IntegrationHub.Contracts;

/// <summary>A page was seen.</summary>
public sealed record PageViewed : ContactEvent
{
    /// <summary>Address of the page.</summary>
    public string? Url { get; init; }

    /// <summary>Title of the page.</summary>
    public string? Title { get; init; }
}

/// <summary>Gated content was downloaded.</summary>
public sealed record ContentDownloaded : ContactEvent
{
    /// <summary>Id, file name or slug of the content.</summary>
    public required string ContentId { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Its address.</summary>
    public string? Url { get; init; }
}

/// <summary>A promotion code, coupon or voucher was used.</summary>
public sealed record PromoUsed : ContactEvent
{
    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The order it was used for.</summary>
    public string? OrderId { get; init; }

    /// <summary>What it took off the price.</summary>
    public Money? Discount { get; init; }
}
