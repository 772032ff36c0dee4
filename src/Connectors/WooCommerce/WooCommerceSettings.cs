using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Settings of a connection to one WooCommerce shop.</summary>
public sealed record WooCommerceSettings : ApiSettings, IValidatableObject
{
    /// <summary>Secret of the webhooks; a list when they have different ones, or while it is being rotated. Letters and digits only: WooCommerce decodes HTML entities in it.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Address of the shop's site; a delivery for another site is rejected.</summary>
    /// <value>As WordPress shows it under Settings, General, Site Address; null accepts every site that signs with the secret.</value>
    public Uri? SiteUrl { get; init; }

    /// <summary>Key of the REST API, <c>ck_…</c>, with the right to read: for webhooks that only name an order or a customer, and for history.</summary>
    [Secret]
    public string? ConsumerKey { get; init; }

    /// <summary>Secret of the key, <c>cs_…</c>.</summary>
    [Secret]
    public string? ConsumerSecret { get; init; }

    /// <summary>What the meta data that plugins store means: from its key to a field of the contact, <c>user</c>, <c>consent.email</c> and the like, or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Keys compare exactly. Meta data that is not listed is not read.</value>
    [MetaTargets]
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConsumerKey is null != ConsumerSecret is null) yield return new ValidationResult("needs consumerKey and consumerSecret together", ["consumerSecret"]);
        if (ConsumerKey is not null && SiteUrl is null && ApiUrl is null) yield return new ValidationResult("is needed where there is a consumerKey: the API is below it", ["siteUrl"]);
    }

    /// <summary>WooCommerce itself counts no calls; shared hosts do, at about this rate.</summary>
    internal ApiAccess? Access() => (ConsumerKey, ConsumerSecret) is ({ } key, { } secret)
        ? new ApiAccess
        {
            Address = ApiAddress($"{SiteUrl?.AbsoluteUri.TrimEnd('/')}/wp-json/wc/v3/"),
            Account = key,
            Credential = new ApiCredential.Basic(key, secret),
            Limit = new CallLimit(4, TimeSpan.FromSeconds(1)),
        }
        : null;
}

/// <summary>Accepts a mapping to targets that <see cref="WooCommerceMeta"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MetaTargetsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> meta) return ValidationResult.Success;
        var wrong = meta.Where(entry => !WooCommerceMeta.IsTarget(entry.Value))
            .Select(entry => $"maps \"{entry.Key}\" to \"{entry.Value}\", which is neither custom.<name> nor a field{SettingsBinder.Suggestion(entry.Value, WooCommerceMeta.Targets)}");
        var problem = string.Join("; ", wrong);
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
