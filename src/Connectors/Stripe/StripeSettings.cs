using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Settings of a Stripe connection: one connection is one event destination of one account.</summary>
public sealed record StripeSettings : ApiSettings
{
    /// <summary>The destination's signing secret, <c>whsec_</c> included; while it is rolled, the old and the new one.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Whether events of a sandbox or of test mode are ignored.</summary>
    /// <value>Default false: they are read like live ones. Set it in production.</value>
    public bool LiveModeOnly { get; init; }

    /// <summary>Whether <c>client_reference_id</c> of a Checkout Session is the business's own user id, and so identifies the person in every tool.</summary>
    /// <value>Default false: it is kept as the attribute <c>client_reference_id</c>.</value>
    public bool ClientReferenceIsUserId { get; init; }

    /// <summary>Restricted key of the API, <c>rk_live_…</c>, with the right to read: for thin events, for history, and for what webhooks missed.</summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Stripe allows 100 calls a second, 25 in a sandbox and for each kind of object.</summary>
    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.stripe.com"),
            Account = key,
            Credential = ApiCredential.Bearer(key),
            Limit = new CallLimit(20, TimeSpan.FromSeconds(1)),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Stripe-Version"] = "2026-10-28.endive" },
            Judge = StripeErrors.Judge,
        }
        : null;
}
