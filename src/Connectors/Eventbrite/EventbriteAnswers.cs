using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Answers to the organiser's own questions.</summary>
internal static class EventbriteAnswers
{
    /// <summary>The answers of a ticket, which stand with it or with its order.</summary>
    public static IReadOnlyList<FormAnswer> Of(Payload attendee, Payload order)
    {
        var own = attendee["answers"].Items().ToList();
        var id = attendee["id"].RequiredId();
        var told = own.Count > 0 ? own : order["answers"].Items().Where(answer => answer["attendee_id"].Id() == id);
        return [.. told.Select(Read).OfType<FormAnswer>()];
    }

    /// <summary>Tells answers that were changed from those before.</summary>
    public static string Digest(IReadOnlyList<FormAnswer> answers)
    {
        var text = string.Join('\n', answers.Select(answer => $"{answer.Key.Length} {answer.Key} {answer.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static FormAnswer? Read(Payload item)
    {
        var question = item["question"].Text();
        var key = item["question_id"].Id() ?? question;
        return key is not null && Value(item["answer"]) is { } value ? new FormAnswer { Key = key, Question = question, Value = value } : null;
    }

    // An address is an object, several choices are a list.
    private static string? Value(Payload answer)
    {
        if (!answer.IsObject && !answer.IsList) return answer.Scalar();
        var parts = answer.IsList ? answer.Items() : answer.Members().Select(member => member.Value);
        return string.Join(", ", parts.Where(part => !part.IsObject && !part.IsList).Select(part => part.Scalar()).OfType<string>()) is { Length: > 0 } joined ? joined : null;
    }
}
