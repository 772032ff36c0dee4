using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A deal, quote or opportunity was opened or changed.</summary>
public sealed record DealChanged : ContactEvent
{
    /// <summary>The vendor's id of the deal.</summary>
    public required string DealId { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Its value.</summary>
    public Money? Value { get; init; }

    /// <summary>The pipeline it is in.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The stage it is in.</summary>
    public string? Stage { get; init; }

    /// <summary>Whether it is decided; null when the tool did not tell.</summary>
    public DealStatus? Status { get; init; }

    /// <summary>Who looks after it.</summary>
    public string? Owner { get; init; }
}

/// <summary>Outcome of a deal.</summary>
[JsonConverter(typeof(CamelCase<DealStatus>))]
public enum DealStatus
{
    /// <summary>Not decided.</summary>
    Open,

    /// <summary>Won.</summary>
    Won,

    /// <summary>Lost.</summary>
    Lost,
}

/// <summary>Somebody of the business has something to do about a person.</summary>
public sealed record TaskCreated : ContactEvent
{
    /// <summary>The vendor's id of the task, or of what caused it.</summary>
    public required string TaskId { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Title { get; init; }

    /// <summary>Further words.</summary>
    public string? Note { get; init; }

    /// <summary>When it is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>A note, reply or recap was written about a person.</summary>
public sealed record NoteAdded : ContactEvent
{
    /// <summary>The vendor's id of the note, where it has one.</summary>
    public string? NoteId { get; init; }

    /// <summary>The words.</summary>
    public required string Text { get; init; }
}
