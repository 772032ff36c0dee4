using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Settings of a Typeform connection.</summary>
public sealed record TypeformSettings : ConnectorSettings
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
}
