using System.Text.Json;

namespace IntegrationHub.Bench.Baselines;

/// <summary>What a plain server reads of the answers to a form of Typeform's.</summary>
internal sealed record PlainAnswers
{
    public required DateTimeOffset SubmittedAt { get; init; }

    public required IReadOnlyList<PlainAnswer> Answers { get; init; }

    /// <exception cref="JsonException">It is none.</exception>
    public static PlainAnswers Read(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, PlainJson.Default.PlainForm)?.FormResponse ?? throw new JsonException("The body is null.");
}

/// <summary>The body of the webhook.</summary>
internal sealed record PlainForm
{
    public required PlainAnswers FormResponse { get; init; }
}

/// <summary>What it reads of one answer.</summary>
internal sealed record PlainAnswer
{
    public required PlainField Field { get; init; }

    public string? Text { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }
}

/// <summary>The question that it answers.</summary>
internal sealed record PlainField
{
    public required string Ref { get; init; }
}
