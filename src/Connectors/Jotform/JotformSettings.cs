using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Settings of a Jotform connection.</summary>
public sealed record JotformSettings : ConnectorSettings
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
}

/// <summary>What becomes of a payment field.</summary>
public enum JotformPayments
{
    /// <summary>It is an order and its payment.</summary>
    Orders,

    /// <summary>Nothing: the payment provider is connected too, and tells it itself.</summary>
    ToldElsewhere,
}
