using System.Diagnostics;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>
/// Mailchimp Marketing: e-mail audiences. One form-encoded event a request, no delivery id. Hex HMAC-SHA256 of <c>{t}.{raw body}</c> in
/// <c>X-Mailchimp-Signature: t=…,v1=…</c>, for webhooks that were made with signing; older ones prove themselves by a secret in their address.
/// See https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/, read 2026-11-20.
/// </summary>
[Connector("mailchimp", "Mailchimp", ConnectorCategory.Email)]
public sealed class MailchimpConnector(MailchimpSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private readonly MailchimpObjects objects = new(new MailchimpAccount(settings));

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = settings.Proof switch
    {
        MailchimpProof.Signature => new HmacAuthentication(settings.WebhookSecret) { Header = "X-Mailchimp-Signature", Layout = SignatureLayout.Timestamped },
        MailchimpProof.Address => new TokenAuthentication(settings.WebhookSecret),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Table(new MailchimpAccount(settings), settings.ApiKey is not null);

    /// <summary>A GET tests the address when the webhook is saved, before there is anything to sign.</summary>
    public Verification Verify(WebhookRequest request) => Handshakes.AnswerProbe(request) ?? Authentication.Verify(request);

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Form.RequiredText("type");

    /// <summary>Mailchimp has no delivery id; a retry carries the same body.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [MailchimpHistory.Members];

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        MailchimpObjects.FetchAsync(reference, api.As<IMailchimpApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new MailchimpHistory(settings, api.As<IMailchimpApi>()).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => objects.Read(delivery.Json);

    private static TopicTable Table(MailchimpAccount account, bool hasApi)
    {
        Func<WebhookDelivery, Normalization> Read(Func<MailchimpMessage, Normalization> reader) => delivery => reader(new MailchimpMessage(delivery.Form, account));
        // Neither tells whether the member is subscribed; a new address is told without its member.
        Normalization Hinting(Normalization told, MailchimpMessage message, string? email) =>
            hasApi && told is Normalization.Events events && (email, message.ListId) is ({ } address, { } list)
                ? events with { ToFetch = [new ObjectReference(MailchimpObjects.Member, $"{list}/{MailchimpAccount.SubscriberHash(address)}")] }
                : told;
        return new TopicTable
        {
            { "subscribe", Read(MailchimpSubscriptions.Subscribed) },
            { "unsubscribe", Read(MailchimpSubscriptions.Unsubscribed) },
            { "cleaned", Read(MailchimpSubscriptions.Cleaned) },
            { "profile", Read(message => Hinting(MailchimpMembers.Changed(message), message, message.Email)) },
            { "upemail", Read(message => Hinting(MailchimpMembers.Moved(message), message, message.Text("data[new_email]"))) },
            { "campaign", "a campaign was sent or cancelled; no person is named" },
        };
    }
}
