using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Turns responses into facts.</summary>
internal sealed class TypeformResponses(TypeformSettings settings)
{
    /// <summary>A submitted response: the answers, what they consent to, and a payment.</summary>
    public Normalization Complete(Payload response, WebhookDelivery delivery)
    {
        var told = new Told(new TypeformResponse(response, settings), delivery);
        return Normalization.Of([Submission(told, "", FormCompletion.Complete), .. Consents(told), .. Payment(told)]);
    }

    /// <summary>A response that was left before the end. It consents to nothing and pays nothing.</summary>
    public Normalization Partial(Payload response, WebhookDelivery delivery) =>
        Normalization.Of([Submission(new Told(new TypeformResponse(response, settings), delivery), "/partial", FormCompletion.Partial)]);

    private static Fact Submission(Told told, string key, FormCompletion completion) => told.Fact(key, new FormSubmitted
    {
        OccurredAt = told.At,
        Person = told.Response.Person,
        Source = told.Source,
        FormId = told.Response.FormId,
        FormTitle = told.Response.FormTitle,
        SubmissionId = told.Response.Token,
        Completion = completion,
        Answers = [.. told.Response.Answers.Select(answer => new FormAnswer { Key = answer.Key, Question = answer.Question, Value = answer.Value })],
        Score = told.Response.Score,
        Outcome = told.Response.Outcome,
    });

    // Where two questions ask for one channel, one refusal refuses.
    private static IEnumerable<Fact> Consents(Told told) => told.Response.Answers
        .Where(answer => answer.Flag is not null)
        .GroupBy(answer => TypeformTargets.Channel(told.Response.Target(answer)))
        .SelectMany(answers => answers.Key is { } channel ? Consent(told, channel, answers.FirstOrDefault(answer => answer.Flag is false) ?? answers.First()) : []);

    private static IEnumerable<Fact> Consent(Told told, ConsentChannel channel, TypeformAnswer answer)
    {
        yield return told.Fact($"/consent/{channel.ToString().ToLowerInvariant()}", new ConsentChanged
        {
            OccurredAt = told.At,
            Person = told.Response.Person,
            Source = told.Source,
            Channel = channel,
            State = answer.Flag is true ? ConsentState.Granted : ConsentState.Withdrawn,
            Basis = answer.Question ?? answer.FieldType,
        });
        if (channel is not ConsentChannel.Email || answer.Flag is not true) yield break;
        yield return told.Fact("/subscribed", new EmailSubscribed { OccurredAt = told.At, Person = told.Response.Person, Source = told.Source });
    }

    private static IEnumerable<Fact> Payment(Told told)
    {
        var payments = told.Response.Answers.Select(answer => answer.Payment).OfType<TypeformPayment>().ToList();
        if (payments.Find(payment => payment.Success is true) is { } charged) return Charged(told, charged.Money);
        return payments.Find(payment => payment.Success is false) is { } refused ? [Refused(told, refused.Money)] : [];
    }

    private static IEnumerable<Fact> Charged(Told told, Money? amount) =>
    [
        told.Fact("/order/placed", new OrderPlaced
        {
            OccurredAt = told.At,
            Person = told.Response.Person,
            Source = told.Source,
            OrderId = told.Response.Token,
            PlacedAt = told.Response.Time,
            Total = amount,
            Payment = PaymentStatus.Paid,
        }),
        told.Fact("/order/paid", new OrderPaid
        {
            OccurredAt = told.At,
            Person = told.Response.Person,
            Source = told.Source,
            OrderId = told.Response.Token,
            Amount = amount,
        }),
    ];

    private static Fact Refused(Told told, Money? amount) => told.Fact("/payment/failed", new PaymentFailed
    {
        OccurredAt = told.At,
        Person = told.Response.Person,
        Source = told.Source,
        PaymentId = told.Response.Token,
        Amount = amount,
    });

    /// <summary>What the facts of one response have in common.</summary>
    private sealed class Told(TypeformResponse response, WebhookDelivery delivery)
    {
        private readonly DateTimeOffset? time = response.Time;

        public TypeformResponse Response => response;

        public DateTimeOffset At => time ?? delivery.ReceivedAt;

        public SourceReference Source { get; } = new() { ObjectType = "response", ObjectId = response.Token };

        public Fact Fact(string key, ContactEvent contactEvent) => new($"responses/{response.FormId}/{response.Token}{key}", contactEvent with
        {
            TimeBasis = time is null ? TimeBasis.Arrival : TimeBasis.Vendor,
            Attribution = response.Attribution,
        });
    }
}
