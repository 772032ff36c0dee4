using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Settings of a connection to Google Forms and to the spreadsheets behind them.</summary>
public sealed record GoogleSheetsSettings : ApiSettings, IValidatableObject
{
    /// <summary>The script property <c>HUB_SECRET</c>, with which the script signs; a list while it is being rotated.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What an answer says about the respondent: the question's title (case aside) or its item id, with the form's or spreadsheet's id and <c>/</c> before it where it counts there only, to a target such as <c>company</c>, <c>custom.topic</c> or <c>consent.email</c>.</summary>
    /// <value>Default empty: an English title that reads like a field counts as that (<c>Email address</c>, <c>First name</c>, <c>utm_source</c>); consent is never guessed.</value>
    [AnswerTarget]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further answers that give consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: yes in several languages, alone or as the first word; of a form's own answers also any ticked box.</value>
    public IReadOnlyList<string> YesAnswers { get; init; } = [];

    /// <summary>Further answers that refuse consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: no in several languages, alone or as the first word.</value>
    public IReadOnlyList<string> NoAnswers { get; init; } = [];

    /// <summary>Forms whose answers are registrations for an event: id of the form or of the spreadsheet, to the title of the event.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyDictionary<string, string> Registrations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Forms whose responses are read over the Forms API, by id, for history and for what a script did not send. Rows of spreadsheets are not read.</summary>
    /// <value>Default empty: none, and then no client is needed.</value>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Id of an OAuth client of a Google Cloud project in which the Forms API is switched on.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the client.</summary>
    [Secret]
    public string? ClientSecret { get; init; }

    /// <summary>Refresh token, where you have one already; else the hub asks for access.</summary>
    [Secret]
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is null != ClientSecret is null) yield return new ValidationResult("needs clientId and clientSecret together", ["clientSecret"]);
        if (Forms.Count > 0 && ClientId is null) yield return new ValidationResult("is needed where there are forms to read", ["clientId"]);
        if (Forms.Any(form => form.Length == 0 || form.Any(char.IsWhiteSpace))) yield return new ValidationResult("must be ids of forms, as the address of a form's editor shows them", ["forms"]);
    }

    /// <summary>Google allows a user 60 calls a minute and more.</summary>
    internal ApiAccess? Access() => (ClientId, ClientSecret) is ({ } client, { } secret) && Forms.Count > 0
        ? new ApiAccess
        {
            Address = ApiAddress("https://forms.googleapis.com/v1/"),
            Account = client,
            Credential = new ApiCredential.OAuth(Grant(client, secret)),
            Limit = new CallLimit(60, TimeSpan.FromMinutes(1)),
        }
        : null;

    private OAuthGrant Grant(string client, string secret) => new()
    {
        AuthorizeAddress = new Uri("https://accounts.google.com/o/oauth2/v2/auth"),
        TokenAddress = new Uri("https://oauth2.googleapis.com/token"),
        ClientId = client,
        ClientSecret = secret,
        RefreshToken = RefreshToken,
        Scopes = ["https://www.googleapis.com/auth/forms.body.readonly", "https://www.googleapis.com/auth/forms.responses.readonly"],
        AuthorizeParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["access_type"] = "offline", ["prompt"] = "consent" },
        UsualLifetime = TimeSpan.FromHours(1),
    };
}
