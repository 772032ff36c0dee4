using System.Collections.Frozen;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Answers of booking pages and routing forms, and what the settings say they tell about the person.</summary>
internal sealed class CalComAnswers(CalComSettings settings)
{
    // Questions of Cal.com itself, which are read as what they are.
    private static readonly FrozenSet<string> OwnQuestions =
        new[] { "name", "email", "attendeePhoneNumber", "smsReminderNumber", "location", "guests", "rescheduleReason" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<string, string> questions = Trimmed(settings.Questions);
    private readonly Dictionary<string, string> metadata = Trimmed(settings.Metadata);

    /// <summary>The answers of a booking page in the order sent; an unanswered question has no value.</summary>
    public static IReadOnlyList<FormAnswer> OfBooking(Payload booking)
    {
        List<FormAnswer> answers = [];
        foreach (var (slug, response) in booking["responses"].Members().Concat(booking["userFieldsResponses"].Members()))
        {
            if (OwnQuestions.Contains(slug) || answers.Exists(answer => answer.Key == slug) || Text(Value(response)) is not { } value) continue;
            answers.Add(new FormAnswer { Key = slug, Question = response["label"].IsText ? response["label"].Text() : null, Value = value });
        }
        return answers;
    }

    /// <summary>The answers of a routing form. <c>value</c> is the older way to write them.</summary>
    public static IReadOnlyList<FormAnswer> OfForm(Payload responses)
    {
        List<FormAnswer> answers = [];
        foreach (var (name, answer) in responses.Members())
        {
            if ((Text(answer["response"]) ?? Text(answer["value"])) is { } value) answers.Add(new FormAnswer { Key = name, Value = value });
        }
        return answers;
    }

    /// <summary>The value of an answer: in an envelope with the label, or, of an instant meeting, bare.</summary>
    public static Payload Value(Payload response) => response["label"].Exists || response["value"].Exists ? response["value"] : response;

    /// <summary>Any value as text: choices by their labels, several parts joined by <c>", "</c>.</summary>
    public static string? Text(Payload value)
    {
        if (!value.IsList && !value.IsObject) return value.Scalar();
        if (value.IsObject && value["label"].Exists) return Text(value["label"]);
        var parts = value.IsList ? value.Items().Select(Text) : value.Members().Select(member => Text(member.Value));
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The person with what the answers tell, by the settings or by the questions' identifiers.</summary>
    public Person Fill(Person person, IReadOnlyList<FormAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if ((Told(answer) ?? CalComFields.Guess(answer.Key)) is { } field) person = CalComFields.Fill(person, field, answer.Value);
        }
        return person;
    }

    /// <summary>The person with what the parameters of the booking link tell, by the settings.</summary>
    public Person FillFrom(Person person, Payload link)
    {
        foreach (var (name, field) in metadata)
        {
            if (link[name] is { IsObject: false, IsList: false } value && value.Scalar() is { } text) person = CalComFields.Fill(person, field, text);
        }
        return person;
    }

    /// <summary>The consents that the answers give or refuse. A box that was left empty says neither.</summary>
    public IEnumerable<(ConsentChannel Channel, ConsentState State, FormAnswer Answer)> Consents(IReadOnlyList<FormAnswer> answers) => answers
        .Select(answer => (Channel: CalComFields.Channel(Told(answer)), State: Consent(answer.Value), Answer: answer))
        .Where(told => told.Channel is not null && told.State is not null)
        .GroupBy(told => told.Channel)
        .Select(told => told.MaxBy(consent => consent.State is ConsentState.Withdrawn))
        .Select(told => (told.Channel.GetValueOrDefault(), told.State.GetValueOrDefault(), told.Answer));

    /// <summary>What the settings say that an answer tells, or null.</summary>
    public string? Told(FormAnswer answer) =>
        questions.GetValueOrDefault(answer.Key) ?? (answer.Question is { } question ? questions.GetValueOrDefault(question) : null);

    private static ConsentState? Consent(string answer) => answer.ToLowerInvariant() switch
    {
        "true" or "yes" => ConsentState.Granted,
        "no" => ConsentState.Withdrawn,
        _ => null,
    };

    private static Dictionary<string, string> Trimmed(IReadOnlyDictionary<string, string> map)
    {
        var trimmed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, field) in map) trimmed[name.Trim()] = field;
        return trimmed;
    }
}
