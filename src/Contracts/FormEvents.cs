using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A form, survey or quiz was answered.</summary>
public sealed record FormSubmitted : ContactEvent
{
    /// <summary>The vendor's id of the form.</summary>
    public required string FormId { get; init; }

    /// <summary>Title of the form.</summary>
    public string? FormTitle { get; init; }

    /// <summary>The vendor's id of this submission.</summary>
    public required string SubmissionId { get; init; }

    /// <summary>Whether the person finished. A partial submission is no consent.</summary>
    public FormCompletion Completion { get; init; }

    /// <summary>The answers, in the order given; skipped questions are absent.</summary>
    public IReadOnlyList<FormAnswer> Answers { get; init; } = [];

    /// <summary>Score of a quiz.</summary>
    public decimal? Score { get; init; }

    /// <summary>The ending or outcome that was shown.</summary>
    public string? Outcome { get; init; }
}

/// <summary>Whether a form was finished.</summary>
[JsonConverter(typeof(CamelCase<FormCompletion>))]
public enum FormCompletion
{
    /// <summary>Submitted.</summary>
    Complete,

    /// <summary>Left before the end.</summary>
    Partial,
}

/// <summary>One answer of a form.</summary>
public sealed record FormAnswer
{
    /// <summary>Stable reference of the question.</summary>
    public required string Key { get; init; }

    /// <summary>The question as shown.</summary>
    public string? Question { get; init; }

    /// <summary>The answer as text; several choices are joined by <c>", "</c>.</summary>
    public required string Value { get; init; }
}
