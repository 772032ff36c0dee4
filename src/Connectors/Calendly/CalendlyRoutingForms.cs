using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Reads <c>routing_form_submission.created</c>: a form that was sent, whether or not a booking followed.</summary>
internal sealed class CalendlyRoutingForms(CalendlyAnswers settings)
{
    /// <summary>A submission: the payload of the webhook, or what the API tells.</summary>
    public Normalization Submitted(Payload submission)
    {
        var uri = submission["uri"].RequiredText();
        var answers = CalendlyAnswers.Read(submission["questions_and_answers"]);
        return Normalization.Of(CalendlyUri.Path(uri) + "/submitted", new FormSubmitted
        {
            FormId = submission["routing_form"].RequiredText(),
            SubmissionId = uri,
            Answers = answers,
            Outcome = Outcome(submission["result"]),
            OccurredAt = submission["created_at"].RequiredTime(),
            Person = Person(submission, uri, answers),
            Source = CalendlyUri.Source("routing_form_submission", uri),
            Attribution = CalendlyPeople.Attribution(submission["tracking"]),
        });
    }

    private Person Person(Payload submission, string uri, IReadOnlyList<FormAnswer> answers)
    {
        var person = new Person { Identifiers = [CalendlyPeople.Routed(uri)], Custom = CalendlyPeople.Custom(submission["tracking"]) };
        person = settings.Fill(person, answers);
        return person.Identifiers.Any(identifier => identifier.Kind is IdentifierKind.Email) ? person : person.Identified(AskedEmail(answers));
    }

    // With two different addresses ("Your email", "Your manager's email") it takes the settings to tell whose is whose.
    private static Identifier? AskedEmail(IReadOnlyList<FormAnswer> answers)
    {
        var emails = answers.Where(AsksForEmail).Select(answer => answer.Value).Where(AnswerFields.LooksLikeEmail).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return emails is [var email] ? Identifier.Email(email) : null;
    }

    private static bool AsksForEmail(FormAnswer answer) =>
        answer.Question is { } question
        && (question.Contains("email", StringComparison.OrdinalIgnoreCase) || question.Contains("e-mail", StringComparison.OrdinalIgnoreCase));

    private static string? Outcome(Payload result)
    {
        var (type, value) = (result["type"].Text(), result["value"]);
        var shown = value.IsText ? value.Text() : value["headline"].Text();
        if (type is "external_url") shown = shown?.Split('?', '#')[0];
        return type is null || shown is null ? type ?? shown : $"{type}: {shown}";
    }
}
