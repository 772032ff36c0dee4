using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>Settings of one Event Webhook of Twilio SendGrid.</summary>
public sealed record SendGridSettings : ApiSettings
{
    /// <summary>The verification key that SendGrid shows once the webhook is signed: a public key, one line of base64.</summary>
    /// <value>A list while it is being changed, or when several webhooks send here: each has a key of its own. A private key in its place is for demos and tests: the hub can then sign as SendGrid would.</value>
    [Required, Secret, EcdsaKeys]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What your custom arguments say of the recipient: name of the argument → <c>user</c> (your own user id) or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Default none: most arguments tell of the message. Map one only if no message with it goes to several people, copies included: each recipient's events carry it.</value>
    [SendGridArgument]
    public IReadOnlyDictionary<string, string> CustomArguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of the unsubscribe groups by their ids: webhooks tell the id alone.</summary>
    public IReadOnlyDictionary<string, string> UnsubscribeGroups { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Key of the API, <c>SG.…</c>, with the right to read suppressions: for the addresses that may not be written to.</summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>SendGrid's limits differ and come with each answer: these calls are few.</summary>
    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.sendgrid.com"),
            Account = key,
            Credential = ApiCredential.Bearer(key),
            Limit = new CallLimit(5, TimeSpan.FromSeconds(1)),
            Judge = SendGridErrors.Judge,
        }
        : null;
}

/// <summary>Accepts a mapping of custom arguments to what a message's events can say of a person.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SendGridArgumentAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> arguments) return ValidationResult.Success;
        var problem = string.Join("; ", arguments.Where(argument => !SendGridRecipients.IsTarget(argument.Value))
            .Select(argument => $"maps \"{argument.Key}\" to \"{argument.Value}\", which is neither user nor custom.<name>"));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
