namespace IntegrationHub.Contracts;

/// <summary>The hub's record of a contact changed. Published after the change is committed, at least once; a version is never published with two contents.</summary>
public sealed record ContactChanged
{
    /// <summary>Id of the contact.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>Version of the contact after the change; higher is newer.</summary>
    public required long Version { get; init; }

    /// <summary>Fields whose value changed, with the value that holds now.</summary>
    public IReadOnlyList<ChangedField> Fields { get; init; } = [];

    /// <summary>Ids of the contract events that caused the change.</summary>
    public IReadOnlyList<Guid> Causes { get; init; } = [];

    /// <summary>When the hub committed the change, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>One changed field of a contact and where its value comes from.</summary>
public sealed record ChangedField
{
    /// <summary>Name of the field, for example <c>firstName</c> or <c>custom.plan</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value that holds now; null when no claim is left.</summary>
    public string? Value { get; init; }

    /// <summary>The connection that told it.</summary>
    public string? Connection { get; init; }

    /// <summary>The event that told it.</summary>
    public Guid? EventId { get; init; }

    /// <summary>When it was told, by the vendor's clock, UTC.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
}

/// <summary>Contacts turned out to be one person. The merged ids keep resolving to the surviving one.</summary>
public sealed record ContactsMerged
{
    /// <summary>The contact that stays.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>The contacts that it took in.</summary>
    public required IReadOnlyList<Guid> MergedContactIds { get; init; }

    /// <summary>The event whose identifiers joined them.</summary>
    public Guid? CauseEventId { get; init; }

    /// <summary>When the hub committed the merge, UTC.</summary>
    public required DateTimeOffset MergedAt { get; init; }
}

/// <summary>A contact turned out to be several people.</summary>
public sealed record ContactSplit
{
    /// <summary>The contact that came apart.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>The contacts that came out of it, <see cref="ContactId"/> among them when it stays.</summary>
    public required IReadOnlyList<Guid> IntoContactIds { get; init; }

    /// <summary>When the hub committed the split, UTC.</summary>
    public required DateTimeOffset SplitAt { get; init; }
}

/// <summary>A contact was erased; nothing personal is left of it.</summary>
public sealed record ContactErased
{
    /// <summary>The id that the contact had.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>When the erasure was committed, UTC.</summary>
    public required DateTimeOffset ErasedAt { get; init; }
}
