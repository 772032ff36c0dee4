using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Settings of a Jotform connection.</summary>
public sealed record JotformSettings : ApiSettings, IValidatableObject
{
    /// <summary>A long random text, the last part of the address that is registered at the forms; a list while it is being rotated. Jotform signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }

    /// <summary>What an answer says about the respondent: the field's unique name (<c>mayWe</c>) or its key in the webhook (<c>q10_mayWe</c>), with <c>formID/</c> before it where it counts for one form only, to a target such as <c>company</c>, <c>custom.topic</c> or <c>consent.email</c>.</summary>
    /// <value>Default empty: names, phone numbers and addresses count by their shape, others by a name that reads like a field (<c>email</c>, <c>jobTitle</c>, <c>utm_source</c>); consent is never guessed.</value>
    [AnswerTarget]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further answers that give consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: yes in several languages, alone or as the first word, and any ticked box.</value>
    public IReadOnlyList<string> YesAnswers { get; init; } = [];

    /// <summary>Further answers that refuse consent, as the form shows them, case aside.</summary>
    /// <value>Default empty: no in several languages, alone or as the first word.</value>
    public IReadOnlyList<string> NoAnswers { get; init; } = [];

    /// <summary>What becomes of a payment field.</summary>
    /// <value>Default: <see cref="JotformPayments.Orders"/>.</value>
    public JotformPayments Payments { get; init; }

    /// <summary>Payment fields whose money is collected later, by the name that the webhook gives them (<c>eventObserverPayment</c>): their orders are placed and not paid.</summary>
    /// <value>Default empty: the form is sent when the payment went through.</value>
    public IReadOnlyList<string> CollectedLater { get; init; } = [];

    /// <summary>Currency of payments that name none: donations and amounts that the respondent chooses.</summary>
    /// <value>ISO 4217, upper case; null leaves such amounts out of orders.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? PaymentCurrency { get; init; }

    /// <summary>An API key with read access, to read history and what webhooks missed.</summary>
    /// <value>Null reads no history.</value>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Ids of the forms whose history is read: those that have a webhook of this connection.</summary>
    /// <value>Digits, the last part of a form's address; needed with <c>apiKey</c>.</value>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Zone of the API's times, which tell none: that of the account.</summary>
    /// <value>IANA name; default <c>America/New_York</c>, Jotform's own.</value>
    [IanaTimeZone]
    public string ApiTimeZone { get; init; } = "America/New_York";

    /// <summary>API calls that the hub may make in 24 hours: a part of what the account has.</summary>
    /// <value>10 to 1,000,000, default 900. Jotform allows 1,000 to a Starter account, 10,000 to Bronze, 50,000 to Silver, 100,000 to Gold.</value>
    [Range(10, 1_000_000, ErrorMessage = "must be from 10 to 1000000")]
    public int CallsPerDay { get; init; } = 900;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey is not null && Forms.Count == 0) yield return new ValidationResult("needs the id of one form at least where there is an apiKey", ["forms"]);
        foreach (var wrong in Forms.Where(form => form.Length == 0 || !form.All(char.IsAsciiDigit)))
            yield return new ValidationResult($"\"{wrong}\" is no id of a form; it is the number at the end of the form's address", ["forms"]);
    }

    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.jotform.com/"),
            Account = key,
            Credential = new ApiCredential.Header("APIKEY", key),
            Limit = new CallLimit(CallsPerDay, TimeSpan.FromDays(1)),
            Judge = JotformFaults.Find,
        }
        : null;
}

/// <summary>What becomes of a payment field.</summary>
public enum JotformPayments
{
    /// <summary>It is an order and its payment.</summary>
    Orders,

    /// <summary>Nothing: the payment provider is connected too, and tells it itself.</summary>
    ToldElsewhere,
}
