using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads routing forms: <c>FORM_SUBMITTED</c>, and <c>FORM_SUBMITTED_NO_EVENT</c>, which repeats it a quarter of an hour later when nothing was booked.</summary>
internal sealed class CalComForms(CalComAnswers settings)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(15);

    public Normalization Submitted(WebhookDelivery delivery)
    {
        var at = delivery.Json["createdAt"].RequiredTime();
        return Normalization.Of([.. Facts(new Submission(delivery.Json["payload"], at, settings), at)]);
    }

    /// <summary>The same submission, and something to do: somebody was interested and did not book.</summary>
    public Normalization LedToNothing(WebhookDelivery delivery)
    {
        var at = delivery.Json["createdAt"].RequiredTime();
        var submission = new Submission(delivery.Json["payload"], at - Wait, settings);
        var task = new TaskCreated
        {
            TaskId = $"{submission.Id}/no-booking",
            Title = $"No booking after the form: {submission.Title ?? submission.FormId}",
            OccurredAt = at,
            Person = submission.Person,
            Source = submission.Source,
        };
        return Normalization.Of([.. Facts(submission, at), submission.Fact("no-booking", task)]);
    }

    private IEnumerable<Fact> Facts(Submission submission, DateTimeOffset at)
    {
        yield return submission.Fact("submitted", new FormSubmitted
        {
            FormId = submission.FormId,
            FormTitle = submission.Title,
            SubmissionId = submission.Id,
            Answers = submission.Answers,
            Outcome = submission.Outcome,
            OccurredAt = at,
            Person = submission.Person,
            Source = submission.Source,
            Attribution = submission.Attribution,
        });
        foreach (var consent in CalComAnswered.Consents(settings, submission.Answers, submission.Person, submission.Source, at))
            yield return submission.Fact($"consent/{consent.Channel.ToString().ToLowerInvariant()}", consent);
    }

    /// <summary>One form that was sent. The first of its two webhooks tells no id, so the form, the answers and the day name it.</summary>
    private sealed class Submission
    {
        private readonly Payload body;

        public Submission(Payload body, DateTimeOffset sentAt, CalComAnswers settings)
        {
            this.body = body;
            FormId = body["formId"].RequiredId();
            Answers = CalComAnswers.OfForm(body["responses"]);
            var day = sentAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Id = CalComSeat.Hash(string.Join('\n', [FormId, day, .. Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => $"{answer.Key}\t{answer.Value}")]))[..24];
            Person = Read(settings);
        }

        public string FormId { get; }

        public string Id { get; }

        public IReadOnlyList<FormAnswer> Answers { get; }

        public Person Person { get; }

        public string? Title => body["formName"].Text();

        public SourceReference Source => new() { ObjectType = "routing_form", ObjectId = FormId };

        public Attribution? Attribution => CalComPeople.Attribution(body["metadata"], Answers);

        /// <summary>Where the form led. What follows a question mark can hold answers.</summary>
        public string? Outcome => body["redirect"]["value"].IsText ? body["redirect"]["value"].Text()?.Split('?', '#')[0] : null;

        public Fact Fact(string name, ContactEvent contactEvent) => new($"forms/{FormId}/submissions/{Id}/{name}", contactEvent);

        private Person Read(CalComAnswers settings)
        {
            var person = settings.Fill(new Person(), Answers);
            if (!person.Identifiers.Any(identifier => identifier.Kind is IdentifierKind.Email)) person = person.Identified(Asked("email", CalComPeople.Email, settings));
            if (!person.Identifiers.Any(identifier => identifier.Kind is IdentifierKind.Phone)) person = person.Identified(Asked("phone", CalComPeople.Phone, settings));
            return person.Identifiers.Count > 0 ? person : person.Identified(Identifier.Anonymous("form:" + Id));
        }

        // With two different addresses ("Your email", "Your manager's email") it takes the settings to tell whose is whose.
        private Identifier? Asked(string word, Func<string, Identifier?> read, CalComAnswers settings)
        {
            var found = Answers.Where(answer => settings.Told(answer) is null && CalComFields.Plain(answer.Key).Contains(word, StringComparison.Ordinal))
                .Select(answer => read(answer.Value)).OfType<Identifier>().Distinct().ToList();
            return found is [var only] ? only : null;
        }
    }
}
