using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Settings of a connection to one Mailchimp audience, or to several of one account.</summary>
public sealed record MailchimpSettings : ApiSettings
{
    /// <summary>The <c>signing_secret</c> that Mailchimp showed once when the webhook was made; with <c>proof</c> "address" the secret at the end of the webhook's address.</summary>
    /// <value>A list while it is being changed, or when several audiences send here: each webhook has a secret of its own.</value>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>How the webhook proves itself: "signature" when it was made with signing, "address" when it is older or was made in Mailchimp's pages.</summary>
    /// <value>Default signature. The other proof is refused.</value>
    public MailchimpProof Proof { get; init; } = MailchimpProof.Signature;

    /// <summary>What the audience's merge fields mean: from a merge tag, or the name of an interest category, to a field of the contact, <c>phone</c>, <c>address</c>, <c>user</c>, <c>utm_source</c> and the like, or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Compares without case. FNAME, LNAME, PHONE, ADDRESS, COMPANY and a few more count by their names; others become <c>custom.&lt;tag&gt;</c>.</value>
    [MergeFieldTargets]
    public IReadOnlyDictionary<string, string> MergeFields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of the audiences, by audience id: webhooks tell the id alone.</summary>
    public IReadOnlyDictionary<string, string> Audiences { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The account's data center, for links to Mailchimp's pages: the end of an API key, or the beginning of the address when logged in.</summary>
    /// <value>For example <c>us21</c>; null leaves the links out.</value>
    [RegularExpression("^[a-z]{2}[0-9]{1,3}$", ErrorMessage = "must be written like \"us21\"")]
    public string? DataCenter { get; init; }

    /// <summary>Key of the API: for history, for tags, and for the status that a <c>profile</c> leaves out.</summary>
    /// <value>As Mailchimp shows it, with its data center at the end: <c>…-us21</c>.</value>
    [Secret, RegularExpression("^[^-]+-[a-z]{2}[0-9]{1,3}$", ErrorMessage = "must end in a dash and the data center, as Mailchimp shows it")]
    public string? ApiKey { get; init; }

    /// <summary>Mailchimp counts connections at a time, 10 of a user, and tells no number of calls.</summary>
    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress($"https://{key.Split('-')[^1]}.api.mailchimp.com/3.0/"),
            Account = key,
            Credential = new ApiCredential.Basic("hub", key),
            Limit = new CallLimit(10, TimeSpan.FromSeconds(1)),
            Timeout = TimeSpan.FromSeconds(120),
            Judge = MailchimpObjects.Judge,
        }
        : null;
}

/// <summary>How a webhook of Mailchimp proves itself.</summary>
public enum MailchimpProof
{
    /// <summary>By a signature over time and body.</summary>
    Signature,

    /// <summary>By a secret in its address: it signs nothing.</summary>
    Address,
}

/// <summary>Accepts a mapping to targets that <see cref="MailchimpMergeFields"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MergeFieldTargetsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> fields) return ValidationResult.Success;
        var wrong = fields.Where(field => !MailchimpMergeFields.IsTarget(field.Value))
            .Select(field => $"maps \"{field.Key}\" to \"{field.Value}\", which is neither custom.<name> nor a field{SettingsBinder.Suggestion(field.Value, MailchimpMergeFields.Targets)}");
        var problem = string.Join("; ", wrong);
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
