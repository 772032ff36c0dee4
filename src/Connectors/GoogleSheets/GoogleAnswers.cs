using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Turns submitted forms into facts.</summary>
internal sealed class GoogleAnswers(GoogleSheetsSettings settings)
{
    private readonly ConsentWords words = new(settings.YesAnswers, settings.NoAnswers);
    private readonly Dictionary<string, string> fields = Trimmed(settings.Fields);

    public Normalization Read(WebhookDelivery delivery, Func<Payload, GoogleSubmission> read)
    {
        var submission = read(delivery.Json);
        submission = submission with { Answers = [.. submission.Answers.Where(answer => Target(submission, answer) is not AnswerTargets.Ignore)] };
        var respondent = ReadRespondent(submission);
        var told = new Told(submission, respondent.ToPerson(), respondent.Attribution, delivery.ReceivedAt);
        List<Fact> facts = [Submission(told)];
        var edit = "";
        if (submission.IsEdit)
        {
            // The submission stays as it was first told, for the earlier telling of a fact counts; what an edit says of the person is a fact of its own.
            edit = $"/edited/{submission.Time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
            facts.Add(told.Fact(edit, new ContactObserved { OccurredAt = told.At, Person = told.Person, Source = told.Source }));
        }
        if (settings.Registrations.TryGetValue(submission.Container, out var occasion)) facts.Add(Registration(told, occasion));
        return Normalization.Of([.. facts, .. Consents(told, edit)]);
    }

    private static Fact Submission(Told told) => told.Fact("", new FormSubmitted
    {
        OccurredAt = told.At,
        Person = told.Person,
        Source = told.Source,
        FormId = told.Submission.FormId,
        FormTitle = told.Submission.Title,
        SubmissionId = told.Submission.Id,
        Answers = [.. told.Submission.Answers.Select(answer => new FormAnswer { Key = answer.Key, Question = answer.Title, Value = answer.Value })],
    });

    private static Fact Registration(Told told, string occasion) => told.Fact("/registered", new EventRegistered
    {
        OccurredAt = told.At,
        Person = told.Person,
        Source = told.Source,
        RegistrationId = told.Submission.Id,
        OccasionId = told.Submission.FormId,
        Title = occasion,
    });

    // Where two questions ask for one channel, one refusal refuses.
    private IEnumerable<Fact> Consents(Told told, string edit) => told.Submission.Answers
        .Select(answer => (Channel: AnswerTargets.Channel(Target(told.Submission, answer)), State: answer.Ticks is { } ticks ? words.OfTicks(ticks) : words.OfChoice(answer.Value), Answer: answer))
        .Where(consent => consent.Channel is not null && consent.State is not null)
        .GroupBy(consent => consent.Channel)
        .Select(consents => consents.MaxBy(consent => consent.State is ConsentState.Withdrawn))
        .SelectMany(consent => Consent(told, edit, consent.Channel.GetValueOrDefault(), consent.State.GetValueOrDefault(), consent.Answer.Title ?? consent.Answer.Key));

    private static IEnumerable<Fact> Consent(Told told, string edit, ConsentChannel channel, ConsentState state, string question)
    {
        // A no of an edit is always a new fact. A yes is the one of the first telling, if that said yes: an edit of something else must not outweigh an unsubscription in between.
        var key = state is ConsentState.Granted ? "" : edit;
        yield return told.Fact($"{key}/consent/{channel.ToString().ToLowerInvariant()}/{state.ToString().ToLowerInvariant()}", new ConsentChanged
        {
            OccurredAt = told.At,
            Person = told.Person,
            Source = told.Source,
            Channel = channel,
            State = state,
            Basis = question,
        });
        if (channel is not ConsentChannel.Email) yield break;
        yield return state is ConsentState.Granted
            ? told.Fact($"{key}/subscribed", new EmailSubscribed { OccurredAt = told.At, Person = told.Person, Source = told.Source })
            : told.Fact($"{key}/unsubscribed", new EmailUnsubscribed { OccurredAt = told.At, Person = told.Person, Source = told.Source });
    }

    // The address that Google collected comes first, then the settings, then what a title reads like.
    private Respondent ReadRespondent(GoogleSubmission submission)
    {
        var respondent = new Respondent();
        if (submission.Email is { } email) respondent.Tell("email", email);
        foreach (var answer in submission.Answers)
        {
            if (Target(submission, answer) is { } target) respondent.Tell(target, answer.Value);
        }
        foreach (var answer in submission.Answers.Where(answer => Target(submission, answer) is null))
        {
            if (answer.Title is { } title && AnswerTargets.Guess(title) is { } target) respondent.Guess(target, answer.Value);
        }
        respondent.Tell("anonymous", $"{submission.ObjectType}:{submission.Id}");
        return respondent;
    }

    /// <summary>What the settings say that an answer is about, or null; for its form before any form.</summary>
    private string? Target(GoogleSubmission submission, GoogleAnswer answer) =>
        new[] { $"{submission.Container}/{answer.Key}", $"{submission.Container}/{answer.Title}", answer.Key, answer.Title ?? "" }
            .Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(target => target is not null);

    private static Dictionary<string, string> Trimmed(IReadOnlyDictionary<string, string> map)
    {
        var trimmed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, target) in map) trimmed[name.Trim()] = target;
        return trimmed;
    }

    /// <summary>What the facts of one submission have in common.</summary>
    private sealed class Told(GoogleSubmission submission, Person person, Attribution? attribution, DateTimeOffset receivedAt)
    {
        public GoogleSubmission Submission => submission;

        public Person Person => person;

        public DateTimeOffset At => submission.Time ?? receivedAt;

        public SourceReference Source { get; } = new() { ObjectType = submission.ObjectType, ObjectId = submission.Id };

        public Fact Fact(string key, ContactEvent contactEvent) => new(submission.Key + key, contactEvent with
        {
            TimeBasis = submission.Time is null ? TimeBasis.Arrival : TimeBasis.Vendor,
            Attribution = attribution,
        });
    }
}
