namespace IntegrationHub.Contracts;

/// <summary>Points at the vendor's object behind a fact.</summary>
public sealed record SourceReference
{
    /// <summary>The vendor's word for the kind of object, for example <c>order</c>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The vendor's id of the object.</summary>
    public required string ObjectId { get; init; }

    /// <summary>A page or API address of the object, when known. Never an address that is itself a secret.</summary>
    public string? Url { get; init; }
}

/// <summary>Where a person came from, as the tool told it.</summary>
public sealed record Attribution
{
    /// <summary><c>utm_source</c>.</summary>
    public string? Source { get; init; }

    /// <summary><c>utm_medium</c>.</summary>
    public string? Medium { get; init; }

    /// <summary><c>utm_campaign</c>.</summary>
    public string? Campaign { get; init; }

    /// <summary><c>utm_term</c>.</summary>
    public string? Term { get; init; }

    /// <summary><c>utm_content</c>.</summary>
    public string? Content { get; init; }

    /// <summary>Address of the referring page.</summary>
    public string? Referrer { get; init; }

    /// <summary>Address or path of the page the person landed on.</summary>
    public string? LandingPage { get; init; }
}
