namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>
/// ActiveCampaign: marketing automation with a light CRM. One form-encoded event a request, nothing signed, no delivery id, never retried.
/// See https://developers.activecampaign.com/page/webhooks, read 2026-11-20.
/// </summary>
[Connector("activecampaign", "ActiveCampaign", ConnectorCategory.Email)]
public sealed class ActiveCampaignConnector(ActiveCampaignSettings settings) : IWebhookSource, IBackfill
{
    // The automation action "Webhook" sends no type, but the id of its automation.
    private const string Automation = "automation";

    private readonly ActiveCampaignObjects objects = new(new ActiveCampaignClock(settings.TimeZone), new ActiveCampaignPeople(new ActiveCampaignFields(settings.Fields)));

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new TokenAuthentication(settings.WebhookToken);

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Table(new ActiveCampaignClock(settings.TimeZone), new ActiveCampaignPeople(new ActiveCampaignFields(settings.Fields)));

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request) => Handshakes.AnswerProbe(request) ?? Authentication.Verify(request);

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery)
    {
        if (delivery.Form.Text("type") is { } type) return type;
        return delivery.Form.Text("seriesid") is not null ? Automation : throw new PayloadException("type", "is missing");
    }

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [ActiveCampaignHistory.Contacts, ActiveCampaignHistory.Deals];

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        ActiveCampaignHistory.ReadAsync(request, api.As<IActiveCampaignApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => objects.Read(what, delivery.Json);

    private static TopicTable Table(ActiveCampaignClock clock, ActiveCampaignPeople people)
    {
        Func<WebhookDelivery, Normalization> Read(Func<ActiveCampaignMessage, Normalization> reader) => delivery => reader(new(delivery.Form, clock, people));
        return AddIgnored(new TopicTable
        {
            { Automation, delivery => ActiveCampaignContacts.Automation(delivery, people) },
            { "subscribe", Read(ActiveCampaignEmails.Subscribed) },
            { "unsubscribe", Read(ActiveCampaignEmails.Unsubscribed) },
            { "bounce", Read(ActiveCampaignEmails.Bounced) },
            { "open", Read(ActiveCampaignEmails.Opened) },
            { "click", Read(ActiveCampaignEmails.Clicked) },
            { "reply", Read(ActiveCampaignNotes.CampaignReply) },
            { "update", Read(ActiveCampaignContacts.Updated) },
            { "contact_tag_added", Read(ActiveCampaignContacts.TagAdded) },
            { "contact_tag_removed", Read(ActiveCampaignContacts.TagRemoved) },
            { "account_contact_add", Read(ActiveCampaignContacts.JoinedAccount) },
            { "account_contact_update", Read(ActiveCampaignContacts.JoinedAccount) },
            { "sms_unsub", Read(ActiveCampaignContacts.LeftSms) },
            { "sms_reply", Read(ActiveCampaignNotes.SmsReply) },
            { "subscriber_note", Read(ActiveCampaignNotes.Note) },
            { "deal_note_add", Read(ActiveCampaignNotes.Note) },
            { "contact_task_add", Read(ActiveCampaignNotes.Task) },
            { "deal_task_add", Read(ActiveCampaignNotes.Task) },
            { "deal_add", Read(ActiveCampaignDeals.Added) },
            { "deal_update", Read(ActiveCampaignDeals.Updated) },
        });
    }

    private static TopicTable AddIgnored(TopicTable topics)
    {
        topics.Add("sent", "a campaign was sent; no contact is named");
        topics.Add("forward", "a campaign was forwarded; to whom is not told");
        topics.Add("share", "a campaign was shared on a social network; it says nothing lasting about the contact");
        topics.Add("sms_sent", "a text message of the business; sent messages are not part of the contact record");
        topics.Add("list_add", "a list was created; no contact is named");
        topics.Add("account_add", "a company was created; no contact is named");
        topics.Add("account_update", "a company changed; no contact is named");
        topics.Add("deal_pipeline_add", "a pipeline was defined; no deal moved");
        topics.Add("deal_stage_add", "a stage was defined; no deal moved");
        topics.Add("deal_tasktype_add", "a type of task was defined; no task was created");
        topics.Add("deal_task_complete", "a task was done; the contact record keeps what is to be done");
        return topics;
    }
}
