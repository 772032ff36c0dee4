using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Settings of one system webhook of Klaviyo.</summary>
public sealed record KlaviyoSettings : ApiSettings
{
    /// <summary>The revision of the API: served for two years, then answered with 410.</summary>
    internal const string Revision = "2026-07-15";

    /// <summary>The <c>secret_key</c> that you chose when the webhook was made; a list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What becomes of the orders and checkouts that a shop tells Klaviyo.</summary>
    /// <value>Default: <see cref="KlaviyoOrders.Orders"/>. Where the shop is connected here too, every order would count twice.</value>
    public KlaviyoOrders Orders { get; init; }

    /// <summary>Currency of amounts that are told without one.</summary>
    /// <value>ISO 4217, upper case; null leaves such amounts out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? Currency { get; init; }

    /// <summary>What your own metrics mean: topic, such as <c>event:api.viewed_product</c> → <c>pageViewed</c>, <c>contentDownloaded</c>, <c>promoUsed</c>, <c>orderPlaced</c>, <c>orderCancelled</c>, <c>orderRefunded</c>, <c>cartAbandoned</c> or <c>noteAdded</c>.</summary>
    /// <value>Default none: a metric that is not listed is ignored and counted.</value>
    [KlaviyoMetrics]
    public IReadOnlyDictionary<string, string> Metrics { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Private key of the API, <c>pk_…</c>, with the right to read profiles, events and metrics: webhooks name the profile, and hardly tell who it is.</summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Whether <c>external_id</c> of a profile is the business's own user id, and so identifies the person in every tool.</summary>
    /// <value>Default false: it is kept as the attribute <c>external_id</c>.</value>
    public bool ExternalIdIsUserId { get; init; }

    /// <summary>Profiles may be read 75 times a second and 700 times a minute, events more often.</summary>
    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress("https://a.klaviyo.com/api"),
            Account = key,
            Credential = new ApiCredential.Header("Authorization", $"Klaviyo-API-Key {key}"),
            Limit = new CallLimit(10, TimeSpan.FromSeconds(1)),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["revision"] = Revision, ["Accept"] = "application/vnd.api+json" },
            Judge = KlaviyoErrors.Judge,
        }
        : null;
}

/// <summary>What becomes of orders and checkouts.</summary>
public enum KlaviyoOrders
{
    /// <summary>They are part of the record.</summary>
    Orders,

    /// <summary>Nothing: the shop is connected too, and tells them itself.</summary>
    ToldElsewhere,
}

/// <summary>Accepts a mapping of metrics, not of Klaviyo's own, to what <see cref="KlaviyoMetrics"/> reads.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KlaviyoMetricsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> metrics) return ValidationResult.Success;
        var problem = string.Join("; ", metrics.SelectMany(metric => Problems(metric.Key, metric.Value)));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }

    private static IEnumerable<string> Problems(string topic, string meaning)
    {
        if (!topic.StartsWith("event:", StringComparison.Ordinal) || topic.StartsWith("event:klaviyo.", StringComparison.Ordinal))
            yield return $"\"{topic}\" is not the topic of a metric of yours; they begin with event:api. or the name of an integration, see GET /api/webhook-topics";
        if (!KlaviyoMetrics.Meanings.Contains(meaning, StringComparer.Ordinal))
            yield return $"maps \"{topic}\" to \"{meaning}\"{SettingsBinder.Suggestion(meaning, KlaviyoMetrics.Meanings)}";
    }
}
