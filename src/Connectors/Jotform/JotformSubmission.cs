using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>One submission, read: what was answered, when, and by whom.</summary>
internal sealed class JotformSubmission
{
    private readonly JotformSettings settings;

    /// <summary>As a webhook tells it.</summary>
    public JotformSubmission(FormPayload form, JotformSettings settings)
    {
        this.settings = settings;
        Request = RawRequest(form);
        FormId = form.RequiredText("formID");
        FormTitle = form.Text("formTitle");
        Id = form.RequiredText("submissionID");
        Time = Request["submitDate"].Integer() is { } milliseconds
            ? PayloadText.EpochSeconds(milliseconds / 1000, Request["submitDate"].Path).AddMilliseconds(milliseconds % 1000)
            : null;
        Version = Request["submitDate"].Text() ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form.RequiredText("rawRequest"))))[..16];
        Answers = Read(new Dictionary<string, string>(StringComparer.Ordinal));
        (Person, Attribution) = ReadRespondent();
    }

    /// <summary>As the API tells it.</summary>
    public JotformSubmission(Payload submission, JotformSettings settings)
    {
        this.settings = settings;
        Request = JotformObject.Request(submission);
        FormId = submission["form_id"].RequiredId();
        FormTitle = submission[JotformHistory.FormTitle].Text();
        Id = submission["id"].RequiredId();
        Time = JotformClock.Read(submission["created_at"], settings.ApiTimeZone);
        EditedAt = JotformClock.Read(submission["updated_at"], settings.ApiTimeZone);
        Answers = Read(JotformObject.Questions(submission));
        (Person, Attribution) = ReadRespondent();
    }

    /// <summary>What the browser sent; of the API the answers alone.</summary>
    public Payload Request { get; }

    public string FormId { get; }

    public string? FormTitle { get; }

    public string Id { get; }

    /// <summary>When it was sent, which is the one time in the webhook that has a zone; null when it was not told.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>When it was changed last, by the API; null when it was not, and in a webhook.</summary>
    public DateTimeOffset? EditedAt { get; }

    /// <summary>Names this telling of the submission by a webhook: its time, else a digest of the answers.</summary>
    public string? Version { get; }

    public IReadOnlyList<JotformAnswer> Answers { get; }

    public Person Person { get; }

    public Attribution? Attribution { get; }

    /// <summary>The answers, which are JSON in a part.</summary>
    public static Payload RawRequest(FormPayload form)
    {
        var request = form.Json("rawRequest");
        if (!request.Exists) throw request.Missing();
        return request.IsObject ? request : throw request.Not("an object");
    }

    /// <summary>What the settings say that an answer is about, or null; for its form before any form.</summary>
    public string? Target(JotformAnswer answer) => new[] { $"{FormId}/{answer.Key}", $"{FormId}/{answer.Name}", answer.Key, answer.Name }
        .Select(name => settings.Fields.GetValueOrDefault(name)).FirstOrDefault(target => target is not null);

    private List<JotformAnswer> Read(IReadOnlyDictionary<string, string> questions) =>
        [.. JotformAnswer.Read(Request).Where(answer => Target(answer) is not AnswerTargets.Ignore).Select(answer => answer with { Question = questions.GetValueOrDefault(answer.Key) })];

    // The settings come first, then what a field's shape says, then its name.
    private (Person, Attribution?) ReadRespondent()
    {
        var respondent = new Respondent();
        foreach (var answer in Answers)
        {
            if (Target(answer) is { } target) Tell(respondent, target, answer);
        }
        var unmapped = Answers.Where(answer => Target(answer) is null).ToList();
        TellOwn(respondent, "fullName", unmapped.Where(answer => answer.Content.IsName));
        TellOwn(respondent, "email", unmapped.Where(answer => Respondent.IsEmail(answer.Value) && answer.Name.Contains("mail", StringComparison.OrdinalIgnoreCase)));
        TellOwn(respondent, "phone", unmapped.Where(answer => answer.Content.IsPhone));
        TellOwn(respondent, "street", unmapped.Where(answer => answer.Content.IsAddress));
        foreach (var answer in unmapped.Where(answer => answer.Content.IsPlain))
        {
            if (answer.Guess is { } target) respondent.Guess(target, answer.Value);
        }
        respondent.Tell("anonymous", $"submission:{Id}");
        return (respondent.ToPerson(), respondent.Attribution);
    }

    // Of two names or addresses one may be somebody else's ("whom shall we call?"): the one with the plain name counts, or the only one.
    private static void TellOwn(Respondent respondent, string target, IEnumerable<JotformAnswer> answers)
    {
        var candidates = answers.ToList();
        var own = candidates.Find(answer => answer.Guess == target) ?? (candidates.Count == 1 ? candidates[0] : null);
        if (own is null) return;
        if (target is "email" or "phone") respondent.Guess(target, own.Value);
        else Tell(respondent, target, own);
    }

    private static void Tell(Respondent respondent, string target, JotformAnswer answer)
    {
        var value = answer.Content.Payload;
        IEnumerable<(string Target, string? Value)> parts = target switch
        {
            "fullName" when answer.Content.IsName => [("firstName", value["first"].Scalar()), ("lastName", value["last"].Scalar()), (target, answer.Value)],
            "street" when answer.Content.IsAddress =>
            [
                (target, value["addr_line1"].Scalar()), ("streetLine2", value["addr_line2"].Scalar()), ("city", value["city"].Scalar()),
                ("region", value["state"].Scalar()), ("postalCode", value["postal"].Scalar()), ("country", value["country"].Scalar()),
            ],
            _ => [(target, answer.Value)],
        };
        foreach (var (part, told) in parts)
        {
            if (told is not null) respondent.Tell(part, told);
        }
    }
}
