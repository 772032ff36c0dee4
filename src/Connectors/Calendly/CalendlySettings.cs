using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Settings of one Calendly webhook subscription.</summary>
public sealed record CalendlySettings : ApiSettings, IValidatableObject
{
    /// <summary>The <c>signing_key</c> given when the subscription was made, or the OAuth app's key. Without one Calendly signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Which answer tells what about the person: question as shown (case aside), or a routing question's uuid → field, for example <c>company</c> or <c>custom.team_size</c>.</summary>
    /// <value>Default: none. Calendly's own fields win over answers.</value>
    [QuestionFields]
    public IReadOnlyDictionary<string, string> Questions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What becomes of the payment of a booking.</summary>
    /// <value>Default: <see cref="CalendlyPayments.Orders"/>.</value>
    public CalendlyPayments Payments { get; init; }

    /// <summary>A personal access token, to read history and what webhooks missed; or use an OAuth app.</summary>
    [Secret]
    public string? AccessToken { get; init; }

    /// <summary>Client id of an OAuth app, in place of an access token.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret of the OAuth app.</summary>
    [Secret]
    public string? ClientSecret { get; init; }

    /// <summary>A refresh token that was had elsewhere; without one, somebody grants access over the hub.</summary>
    [Secret]
    public string? RefreshToken { get; init; }

    /// <summary>Address of the organization whose meetings are read, as <c>GET /users/me</c> tells it; the token is then an owner's or admin's.</summary>
    /// <value><c>https://api.calendly.com/organizations/…</c>; null where only <c>user</c> is read.</value>
    [RegularExpression("^https://.+/organizations/[^/]+$", ErrorMessage = "must be an address such as \"https://api.calendly.com/organizations/AAAA\"")]
    public string? Organization { get; init; }

    /// <summary>Address of the user whose meetings are read, as <c>GET /users/me</c> tells it.</summary>
    /// <value><c>https://api.calendly.com/users/…</c>; null for all of the organization.</value>
    [RegularExpression("^https://.+/users/[^/]+$", ErrorMessage = "must be an address such as \"https://api.calendly.com/users/AAAA\"")]
    public string? User { get; init; }

    /// <summary>What is read of the API: what the webhooks tell, too.</summary>
    /// <value>Any of <c>invitees</c>, <c>contacts</c>, <c>routing_form_submissions</c>; default all.</value>
    [HistoryStreams]
    public IReadOnlyList<string> History { get; init; } = CalendlyHistory.Streams;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is null != ClientSecret is null) yield return new ValidationResult("needs clientId and clientSecret together", ["clientSecret"]);
        if (AccessToken is null && ClientId is null) yield break;
        if (Organization is null && User is null) yield return new ValidationResult("is needed to read the API, or a user", ["organization"]);
        else if (Organization is null && History.Contains(CalendlyHistory.Submissions, StringComparer.Ordinal))
            yield return new ValidationResult($"is needed to read {CalendlyHistory.Submissions}; or leave them out of history", ["organization"]);
    }

    /// <summary>Calendly allows a user 500 calls a minute on paid plans, and tells how long to wait where it is less.</summary>
    internal ApiAccess? Access()
    {
        ApiCredential? credential = AccessToken is { } token ? ApiCredential.Bearer(token) : (ClientId, ClientSecret) is ({ } client, { } secret) ? new ApiCredential.OAuth(Grant(client, secret)) : null;
        return credential is null ? null : new ApiAccess
        {
            Address = ApiAddress("https://api.calendly.com/"),
            Account = AccessToken ?? $"{ClientId} {Organization ?? User}",
            Credential = credential,
            Limit = new CallLimit(400, TimeSpan.FromMinutes(1)),
            Judge = CalendlyFaults.Find,
        };
    }

    private OAuthGrant Grant(string client, string secret) => new()
    {
        AuthorizeAddress = new Uri("https://auth.calendly.com/oauth/authorize"),
        TokenAddress = new Uri("https://auth.calendly.com/oauth/token"),
        ClientId = client,
        ClientSecret = secret,
        RefreshToken = RefreshToken,
        Scopes = [.. History.Select(Scope).Distinct(StringComparer.Ordinal)],
        Pkce = true,
        UsualLifetime = TimeSpan.FromHours(2),
    };

    private static string Scope(string stream) => stream switch
    {
        CalendlyHistory.Invitees => "scheduled_events:read",
        CalendlyHistory.Contacts => "contacts:read",
        _ => "routing_forms:read",
    };
}

/// <summary>What becomes of the payment of a booking.</summary>
public enum CalendlyPayments
{
    /// <summary>It is an order and its payment.</summary>
    Orders,

    /// <summary>Nothing: the payment provider is connected too, and tells it itself.</summary>
    ToldElsewhere,
}

/// <summary>Each value must name a field that an answer can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QuestionFieldsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> questions) return ValidationResult.Success;
        foreach (var (question, field) in questions)
        {
            if (!AnswerFields.IsKnown(field))
                return new ValidationResult($"sends the answer to \"{question}\" to \"{field}\", which is not a field{SettingsBinder.Suggestion(field, AnswerFields.Names)}; or write custom.<name>");
        }
        return ValidationResult.Success;
    }
}

/// <summary>Accepts names of streams.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HistoryStreamsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyList<string> names) return ValidationResult.Success;
        var wrong = names.FirstOrDefault(name => !CalendlyHistory.Streams.Contains(name, StringComparer.Ordinal));
        return wrong is null ? ValidationResult.Success : new ValidationResult($"holds \"{wrong}\"{SettingsBinder.Suggestion(wrong, CalendlyHistory.Streams)}");
    }
}
