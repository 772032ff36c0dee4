using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>One response, read: what was answered, when, and by whom.</summary>
internal sealed class TypeformResponse
{
    // A longer answer is no part of how a question is shown.
    private const int LongestRecall = 200;

    private readonly TypeformSettings settings;
    private readonly Payload payload;
    private readonly TypeformDefinition definition;
    private readonly TypeformHiddenFields hidden;
    private readonly List<KeyValuePair<string, string>> variables;

    public TypeformResponse(Payload payload, TypeformSettings settings)
    {
        this.settings = settings;
        this.payload = payload;
        definition = new TypeformDefinition(payload["definition"]);
        hidden = new TypeformHiddenFields(payload["hidden"], settings.Hidden);
        variables = [.. Variables(payload["variables"])];
        FormId = payload["form_id"].RequiredId();
        Token = payload["token"].RequiredId();
        Answers = WithRecalls([.. TypeformAnswer.Read(payload, definition, settings.PaymentCurrency).Where(answer => Target(answer) is not TypeformTargets.Ignore)]);
        Person = ReadPerson();
    }

    public string FormId { get; }

    public string? FormTitle => definition.Title;

    /// <summary>Id of the response; the Responses API calls it <c>response_id</c>.</summary>
    public string Token { get; }

    /// <summary>The submission; where there was none, the opening of the form.</summary>
    public DateTimeOffset? Time => (IsNever(payload["submitted_at"]) ? null : payload["submitted_at"].Time()) ?? payload["landed_at"].Time();

    public IReadOnlyList<TypeformAnswer> Answers { get; }

    public Person Person { get; }

    public Attribution? Attribution => hidden.Attribution;

    public decimal? Score => payload["calculated"]["score"].Decimal() ?? payload["variables"].Items().FirstOrDefault(IsScore)?["number"].Decimal();

    /// <summary>Webhooks tell the ending's ref and id, the Responses API the ref alone.</summary>
    public string? Outcome => definition.Outcome(payload["ending"]["ref"].Id() ?? payload["ending"]["id"].Id() ?? payload["thankyou_screen_ref"].Id());

    /// <summary>What the settings say that an answer is about, or null.</summary>
    public string? Target(TypeformAnswer answer) =>
        settings.Fields.GetValueOrDefault(answer.Key) ?? (answer.FieldId is { } id ? settings.Fields.GetValueOrDefault(id) : null);

    // The settings come first, then what an answer's type and ref say by themselves, then the hidden fields.
    private Person ReadPerson()
    {
        var respondent = new TypeformRespondent();
        var unmapped = Answers.Where(answer => Target(answer) is null).ToList();
        foreach (var answer in Answers)
        {
            if (Target(answer) is { } target && TypeformTargets.Channel(target) is null) respondent.Tell(target, answer.Value);
        }
        if (unmapped.Find(answer => answer.Type is "email") is { } email) respondent.TellUnlessKnown("email", email.Value);
        if (unmapped.Find(answer => answer.Type is "phone_number") is { } phone) respondent.TellUnlessKnown("phone", phone.Value);
        foreach (var (name, value) in hidden.Others)
        {
            if (settings.Hidden.TryGetValue(name, out var target)) respondent.Tell(target, value);
        }
        foreach (var answer in unmapped)
        {
            if (Guess(answer) is { } target) respondent.Tell(target, answer.Value);
        }
        foreach (var (name, value) in hidden.Others.Where(field => !settings.Hidden.ContainsKey(field.Key)))
        {
            var target = TypeformTargets.Identifier(name) ?? TypeformTargets.Attribute(name);
            if (target is null || !respondent.TellUnlessKnown(target, value)) respondent.Tell(TypeformTargets.CustomOf(name), value);
        }
        foreach (var (name, value) in variables) respondent.Tell(TypeformTargets.CustomOf(name), value);
        respondent.Tell("anonymous", "response:" + Token);
        return respondent.ToPerson();
    }

    private static string? Guess(TypeformAnswer answer) => answer.Type switch
    {
        "url" when answer.FieldType is "website" => "website",
        "text" or "choice" or "date" => TypeformTargets.Attribute(answer.Subfield ?? answer.Key),
        _ => null,
    };

    private List<TypeformAnswer> WithRecalls(List<TypeformAnswer> answers)
    {
        var recalls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in answers) recalls.TryAdd($"field:{answer.Key}", answer.Value);
        foreach (var (name, value) in hidden.All) recalls.TryAdd($"hidden:{name}", value);
        foreach (var (name, value) in variables) recalls.TryAdd($"var:{name}", value);
        return [.. answers.Select(answer => answer.Question is { } question ? answer with { Question = Fill(question, recalls) } : answer)];
    }

    // A title recalls an answer as {{field:ref}}; https://www.typeform.com/developers/webhooks/example-payload/ shows it not filled in.
    private static string Fill(string question, Dictionary<string, string> recalls)
    {
        var filled = new StringBuilder(question.Length);
        var at = 0;
        while (true)
        {
            var start = question.IndexOf("{{", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : question.IndexOf("}}", start, StringComparison.Ordinal);
            if (end < 0) return filled.Append(question, at, question.Length - at).ToString();
            var shown = recalls.GetValueOrDefault(question[(start + 2)..end]);
            filled.Append(question, at, start - at).Append(shown is { Length: <= LongestRecall } ? shown : question[start..(end + 2)]);
            at = end + 2;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables(Payload variables)
    {
        foreach (var variable in variables.Items().Where(variable => !IsScore(variable)))
        {
            if (variable["key"].Text() is not { } key || variable["type"].Text() is not { } type) continue;
            var value = variable[type];
            if (!value.IsObject && !value.IsList && value.Scalar() is { } text) yield return new(key, text);
        }
    }

    // The Responses API writes the first moment of all for what was not submitted.
    private static bool IsNever(Payload time) => time.IsText && time.Text() is "0001-01-01T00:00:00Z";

    private static bool IsScore(Payload variable) => variable["key"].Text() is "score";
}
