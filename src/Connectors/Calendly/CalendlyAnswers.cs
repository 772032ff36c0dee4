using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Answers of booking pages and routing forms, and what the settings say they tell about the person.</summary>
internal sealed class CalendlyAnswers
{
    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);

    public CalendlyAnswers(IReadOnlyDictionary<string, string> questions)
    {
        foreach (var (question, field) in questions) fields[question.Trim()] = field;
    }

    /// <summary>The answers in the order sent. A booking's question has no id, so its text stands in.</summary>
    public static IReadOnlyList<FormAnswer> Read(Payload list)
    {
        List<FormAnswer> answers = [];
        foreach (var item in list.Items())
        {
            if (Value(item["answer"]) is not { } value) continue;
            var question = item["question"].Text();
            answers.Add(new FormAnswer { Key = item["question_uuid"].Text() ?? question ?? $"answer {answers.Count + 1}", Question = question, Value = value });
        }
        return answers;
    }

    /// <summary>The person with what the answers tell by the settings.</summary>
    public Person Fill(Person person, IReadOnlyList<FormAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if (fields.TryGetValue(answer.Key, out var field) || (answer.Question is not null && fields.TryGetValue(answer.Question, out field)))
                person = AnswerFields.Fill(person, field, answer.Value);
        }
        return person;
    }

    private static string? Value(Payload answer) => answer.IsList
        ? string.Join(", ", answer.Items().Select(choice => choice.Scalar()).OfType<string>()) is { Length: > 0 } choices ? choices : null
        : answer.Scalar();
}
