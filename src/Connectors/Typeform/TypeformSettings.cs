using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Settings of a Typeform connection.</summary>
public sealed record TypeformSettings : ApiSettings, IValidatableObject
{
    /// <summary>The <c>secret</c> of the webhook; a list while it is being rotated.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What an answer says about the respondent: the question's ref, or its id, to a target such as <c>firstName</c>, <c>custom.teamSize</c> or <c>consent.email</c>.</summary>
    /// <value>Default empty: e-mail and phone answers count by their type, others by a ref that reads like a field (<c>first_name</c>); consent is never guessed.</value>
    [TypeformTarget(Consent = true)]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a hidden field says about the respondent: its name to a target such as <c>user</c>, <c>anonymous</c> or <c>custom.coupon</c>.</summary>
    /// <value>Default empty: well-known names count as what they say (<c>email</c>, <c>user_id</c>, <c>visitor_id</c>, <c>utm_source</c>), others become custom attributes.</value>
    [TypeformTarget]
    public IReadOnlyDictionary<string, string> Hidden { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Currency of the forms' payment question: webhooks tell the amount without it.</summary>
    /// <value>ISO 4217, upper case; null leaves the amounts out of orders.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? PaymentCurrency { get; init; }

    /// <summary>A personal token with the scopes <c>responses:read</c> and <c>forms:read</c>: to read history, and what webhooks missed.</summary>
    /// <value><c>tfp_…</c>; null reads no history.</value>
    [Secret]
    public string? AccessToken { get; init; }

    /// <summary>Ids of the forms whose history is read: those that have a webhook of this connection.</summary>
    /// <value>The last part of a form's address, for example <c>Wk7pQ2xZ</c>; needed with <c>accessToken</c>.</value>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Whether history holds the responses that were left before the end as well.</summary>
    /// <value>Default false; set it when the webhooks tell them (<c>form_response_partial</c>).</value>
    public bool PartialResponses { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AccessToken is not null && Forms.Count == 0) yield return new ValidationResult("needs the id of one form at least where there is an accessToken", ["forms"]);
        foreach (var wrong in Forms.Where(form => !IsFormId(form)))
            yield return new ValidationResult($"\"{wrong}\" is no id of a form; it is the last part of the form's address, for example \"Wk7pQ2xZ\"", ["forms"]);
    }

    /// <summary>Typeform allows two calls a second to an account.</summary>
    internal ApiAccess? Access() => AccessToken is { } token
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.typeform.com/"),
            Account = token,
            Credential = ApiCredential.Bearer(token),
            Limit = new CallLimit(2, TimeSpan.FromSeconds(1)),
            Judge = answer => answer.Status == 499 ? new VendorException(VendorFault.Unavailable, "Typeform took too long for its own answer (499)") : null,
        }
        : null;

    private static bool IsFormId(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
