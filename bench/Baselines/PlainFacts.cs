using System.Diagnostics;
using System.Text.Json;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>What a plain server keeps of a delivery: a person, and the order where there is one.</summary>
/// <param name="Email">In lower case.</param>
internal sealed record PlainFacts(string Email, DateTimeOffset At)
{
    public long? CustomerId { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public PlainOrder? Order { get; init; }

    /// <exception cref="JsonException">The body is of another kind.</exception>
    public static PlainFacts Read(Payload payload, ReadOnlySpan<byte> body) => payload switch
    {
        Payload.Orders => Of(PlainOrder.Read(body)),
        Payload.Answers => Of(PlainAnswers.Read(body)),
        _ => throw new UnreachableException(),
    };

    private static PlainFacts Of(PlainOrder order) => new(order.Email.ToLowerInvariant(), order.CreatedAt)
    {
        CustomerId = order.Customer?.Id,
        FirstName = order.Customer?.FirstName,
        LastName = order.Customer?.LastName,
        Phone = order.Customer?.Phone,
        Order = order,
    };

    private static PlainFacts Of(PlainAnswers form)
    {
        var answers = form.Answers;
        return new(answers.FirstOrDefault(answer => answer.Email is not null)?.Email?.ToLowerInvariant() ?? throw new JsonException("No answer is an address."), form.SubmittedAt)
        {
            FirstName = TextOf("first_name"),
            LastName = TextOf("last_name"),
            Phone = answers.FirstOrDefault(answer => answer.PhoneNumber is not null)?.PhoneNumber,
        };

        string? TextOf(string question) => answers.FirstOrDefault(answer => answer.Field.Ref == question)?.Text;
    }
}
