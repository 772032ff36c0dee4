using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Turns submissions into facts.</summary>
internal sealed class JotformSubmissions(JotformSettings settings)
{
    private readonly ConsentWords words = new(settings.YesAnswers, settings.NoAnswers);

    /// <summary>A form was sent: the answers, what they consent to, an order, an appointment.</summary>
    public Normalization Submitted(WebhookDelivery delivery)
    {
        var told = Told(new JotformSubmission(delivery.Form, settings), delivery);
        return Normalization.Of([Submission(told), .. Consents(told, ""), .. JotformOrder.Facts(told, settings), .. JotformAppointment.Facts(told)]);
    }

    /// <summary>A submission was changed afterwards. The submission stays as it was first told, for the earlier telling of a fact counts; the person, consents and slots are as they are now.</summary>
    public Normalization Edited(WebhookDelivery delivery)
    {
        var told = Told(new JotformSubmission(delivery.Form, settings), delivery);
        var edit = $"/edited/{told.Submission.Version}";
        var seen = told.Fact(edit, new ContactObserved { OccurredAt = told.At, Person = told.Submission.Person, Source = told.Source });
        return Normalization.Of([Submission(told), seen, .. Consents(told, edit), .. JotformAppointment.Facts(told)]);
    }

    /// <summary>A submission as the API tells it: as it was edited last. What it consents to and the slots it takes are told at the time of the edit, for nothing says that they are older.</summary>
    public Normalization Seen(WebhookDelivery delivery)
    {
        if (delivery.Json["status"].Text() is not (null or "ACTIVE")) return new Normalization.Ignored("submission", "it was deleted at Jotform, or does not count there");
        var submission = new JotformSubmission(delivery.Json, settings);
        var edited = new JotformTold(submission, submission.EditedAt ?? submission.Time, delivery.ReceivedAt);
        return Normalization.Of([Submission(Told(submission, delivery)), .. Consents(edited, ""), .. JotformAppointment.Facts(edited)]);
    }

    private static JotformTold Told(JotformSubmission submission, WebhookDelivery delivery) => new(submission, submission.Time, delivery.ReceivedAt);

    private static Fact Submission(JotformTold told) => told.Fact("", new FormSubmitted
    {
        OccurredAt = told.At,
        Person = told.Submission.Person,
        Source = told.Source,
        FormId = told.Submission.FormId,
        FormTitle = told.Submission.FormTitle,
        SubmissionId = told.Submission.Id,
        Answers = [.. told.Submission.Answers.Select(answer => new FormAnswer { Key = answer.Key, Question = answer.Question, Value = answer.Value })],
    });

    // Where two questions ask for one channel, one refusal refuses.
    private IEnumerable<Fact> Consents(JotformTold told, string key) => told.Submission.Answers
        .Select(answer => (Channel: AnswerTargets.Channel(told.Submission.Target(answer)), State: State(answer), Answer: answer))
        .Where(consent => consent.Channel is not null && consent.State is not null)
        .GroupBy(consent => consent.Channel)
        .Select(consents => consents.MaxBy(consent => consent.State is ConsentState.Withdrawn))
        .SelectMany(consent => Consent(told, key, consent.Channel.GetValueOrDefault(), consent.State.GetValueOrDefault(), consent.Answer));

    private ConsentState? State(JotformAnswer answer) =>
        answer.Content.Payload.IsList ? words.OfTicks(answer.Content.Choices()) : words.OfChoice(answer.Value);

    private static IEnumerable<Fact> Consent(JotformTold told, string key, ConsentChannel channel, ConsentState state, JotformAnswer answer)
    {
        // A no of an edit is always a new fact. A yes is the one of the first telling, if that said yes: an edit of something else must not outweigh an unsubscription in between.
        if (state is ConsentState.Granted) key = "";
        yield return told.Fact($"{key}/consent/{channel.ToString().ToLowerInvariant()}/{state.ToString().ToLowerInvariant()}", new ConsentChanged
        {
            OccurredAt = told.At,
            Person = told.Submission.Person,
            Source = told.Source,
            Channel = channel,
            State = state,
            Basis = $"{answer.Name}: {answer.Value}",
        });
        if (channel is not ConsentChannel.Email || state is not ConsentState.Granted) yield break;
        yield return told.Fact($"{key}/subscribed", new EmailSubscribed { OccurredAt = told.At, Person = told.Submission.Person, Source = told.Source });
    }
}
