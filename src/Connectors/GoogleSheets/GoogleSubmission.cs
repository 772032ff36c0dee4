namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>One submitted form, whether its form told it or the spreadsheet behind it.</summary>
internal sealed record GoogleSubmission
{
    /// <summary>Names the submission within the connection.</summary>
    public required string Key { get; init; }

    /// <summary>Id of the form or of the spreadsheet.</summary>
    public required string Container { get; init; }

    /// <summary>Id of the form, or of the spreadsheet and its sheet.</summary>
    public required string FormId { get; init; }

    /// <summary>Title of the form, or name of the sheet.</summary>
    public string? Title { get; init; }

    /// <summary>Id of the response, or digest of the row.</summary>
    public required string Id { get; init; }

    /// <summary><c>response</c> or <c>row</c>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>When it was submitted; null when that can't be told.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether an earlier submission was changed.</summary>
    public bool IsEdit { get; init; }

    /// <summary>The address that Google collected with the form; null when the form does not collect it.</summary>
    public string? Email { get; init; }

    /// <summary>The answers in the order of the form.</summary>
    public required IReadOnlyList<GoogleAnswer> Answers { get; init; }
}

/// <summary>One answered question.</summary>
internal sealed record GoogleAnswer
{
    /// <summary>The item's id; of a row, the title.</summary>
    public required string Key { get; init; }

    /// <summary>Title of the question.</summary>
    public string? Title { get; init; }

    /// <summary>The answer as text.</summary>
    public required string Value { get; init; }

    /// <summary>The boxes that were ticked; null for any other question, and where that can't be told.</summary>
    public IReadOnlyList<string>? Ticks { get; init; }
}
