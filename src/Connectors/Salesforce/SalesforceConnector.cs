using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>
/// Salesforce: contacts and leads with their consent, opportunities, tasks, calendar events, campaign members, erasure wishes; orders and platform events where wanted.
/// Outbound messages in SOAP, and change and platform events in the JSON that a relay posts. Nothing is signed: a secret in the address, and the organization's id in the message.
/// </summary>
[Connector("salesforce", "Salesforce", ConnectorCategory.Crm)]
public sealed class SalesforceConnector : IWebhookSource, IHydrate, IBackfill
{
    private static readonly HashSet<string> Nothing = [];

    private readonly SalesforceSettings settings;
    private readonly SalesforcePeople people;
    private readonly SalesforceOutbound outbound;
    private readonly SalesforceChanges changes;
    private readonly SalesforceThings things;
    private readonly SalesforcePlatformEvents events;
    private readonly SalesforceQueries queries;

    /// <summary>A connection.</summary>
    public SalesforceConnector(SalesforceSettings settings)
    {
        this.settings = settings;
        Authentication = new TokenAuthentication(settings.WebhookToken);
        Api = settings.Access();
        people = new SalesforcePeople(new SalesforceFields(settings.Fields));
        outbound = new SalesforceOutbound(people);
        changes = new SalesforceChanges(people, canFetch: Api is not null);
        things = new SalesforceThings(settings);
        events = new SalesforcePlatformEvents(settings.PlatformEvents);
        queries = new SalesforceQueries(settings);
        Topics = CreateTopics();
        Streams = [.. SalesforceQueries.Entities.Where(settings.Reads)];
    }

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; }

    /// <inheritdoc/>
    public TopicTable Topics { get; }

    /// <inheritdoc/>
    public ApiAccess? Api { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; }

    /// <summary>What an outbound message tells: every organization could send one to an address that got known.</summary>
    public Verification Verify(WebhookRequest request)
    {
        var verification = Authentication.Verify(request);
        if (verification is not Verification.Accepted || !SalesforceOutbound.Is(request.Body)) return verification;
        return SalesforceId.AreSame(SalesforceOutbound.OrganizationOf(request.Body), settings.OrganizationId)
            ? verification
            : Verification.Reject("the message is not of the organization that organizationId names");
    }

    /// <summary>Salesforce takes nothing but its own words for received.</summary>
    public WebhookReply? Answer(WebhookOutcome outcome, WebhookRequest request) =>
        outcome is WebhookOutcome.Accepted or WebhookOutcome.Duplicate && SalesforceOutbound.Is(request.Body) ? SalesforceOutbound.Acknowledged : null;

    /// <summary>The topic of the first notification or event.</summary>
    public string Topic(WebhookDelivery delivery) =>
        SalesforceOutbound.Is(delivery.Body) ? OutboundTopic(SalesforceOutbound.Notifications(delivery)[0]) : Told(delivery).Select(EventTopic).FirstOrDefault() ?? throw new PayloadException("$", "is an empty list");

    /// <summary>Events have ids. A message that is sent again tells its records as they are then: where they differ, it is another one.</summary>
    public string? DeliveryId(WebhookRequest request) => SalesforceOutbound.Is(request.Body) ? null : JsonPeek.Text(request.Body.Span, "data", "event", "EventUuid");

    /// <summary>Each notification or event for itself: one that can't be read does not hold up the others.</summary>
    public Normalization Normalize(WebhookDelivery delivery) => SalesforceOutbound.Is(delivery.Body)
        ? Normalization.Batch(SalesforceOutbound.Notifications(delivery), notification => ReadNotification(delivery, notification))
        : Normalization.Batch(Told(delivery), told => Topics.Normalize(EventTopic(told), delivery.Of(told)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        queries.OneAsync(reference, api.As<ISalesforceApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        queries.PageAsync(request, api.As<ISalesforceApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => what.ObjectType switch
    {
        "Contact" or "Lead" => Person(what.ObjectType, delivery.Json),
        "Opportunity" => things.Opportunity(delivery.Json),
        "Task" => SalesforceThings.Task(delivery.Json),
        "Event" => SalesforceThings.CalendarEvent(delivery.Json),
        "CampaignMember" => things.CampaignMember(delivery.Json),
        "Order" => things.Order(delivery.Json),
        SalesforceQueries.Individual => Individual(delivery.Json),
        _ => new Normalization.Ignored(what.ObjectType, "the connector does not read such records"),
    };

    // Of a deleted one it is told into which it was merged.
    private Normalization Person(string entity, Payload body)
    {
        var record = SalesforceRecord.Of(entity, body);
        var at = record.Time("SystemModstamp") ?? throw body["SystemModstamp"].Missing();
        if (record.Flag("IsDeleted") is not true) return Normalization.Of([.. people.Seen(record, $"state/{SalesforceTime.Key(at)}", at, TimeBasis.Vendor, Nothing)]);
        var removed = SalesforcePeople.Removed(entity, record.Id, at);
        return record.Reference("MasterRecordId") is { } master ? Normalization.Of(SalesforcePeople.Tied(entity, master, record.Id, at, TimeBasis.Vendor), removed) : Normalization.Of(removed);
    }

    private static Normalization Individual(Payload body)
    {
        var record = SalesforceRecord.Of(SalesforceQueries.Individual, body);
        return record.Flag("ShouldForget") is true
            ? Normalization.Of(SalesforcePeople.Forgotten(record.Id, record.Time("SystemModstamp") ?? throw body["SystemModstamp"].Missing()))
            : new Normalization.Ignored(record.Entity, SalesforceChanges.NoWish);
    }

    private Normalization ReadNotification(WebhookDelivery delivery, XmlPayload notification)
    {
        var topic = OutboundTopic(notification);
        var entity = SalesforceRecord.EntityOf(notification["sObject"]);
        if (!Topics.Understood.Contains(topic) || !settings.Reads(entity)) return Topics.Understood.Contains(topic) ? NotRead(topic) : Topics.Normalize(topic, delivery);
        return SalesforcePeople.Is(entity) ? outbound.Person(delivery, notification) : changes.Fetch(entity, [SalesforceRecord.Of(notification["sObject"]).Id]);
    }

    // A relay may post one event or several.
    private static IEnumerable<Payload> Told(WebhookDelivery delivery) => delivery.Json.IsList ? delivery.Json.Items() : [delivery.Json];

    private static string OutboundTopic(XmlPayload notification) => $"outbound/{SalesforceRecord.EntityOf(notification["sObject"])}";

    private static string EventTopic(Payload told) => told["data"]["payload"]["ChangeEventHeader"] is { Exists: true } header ? $"change/{header["entityName"].RequiredText()}" : SalesforcePlatformEvents.Topic;

    private TopicTable CreateTopics()
    {
        Func<WebhookDelivery, Normalization> Change(string entity, Func<SalesforceChange, Normalization> reader) =>
            item => settings.Reads(entity) ? reader(new SalesforceChange(item.Json["data"]["payload"])) : NotRead($"change/{entity}");
        // A notification is read with its whole message.
        static Normalization OfMessage(WebhookDelivery item) => throw new PayloadException("$", "is not an outbound message");
        var table = new TopicTable
        {
            { "outbound/Account", "a company is no person; contacts tell its name" },
            { "change/Account", "a company is no person; contacts tell its name" },
            { "change/Contract", "is of a company, not of a person" },
            { "change/OpportunityContactRole", Change("Opportunity", changes.Role) },
            { "change/Individual", item => changes.Individual(new SalesforceChange(item.Json["data"]["payload"])) },
            { SalesforcePlatformEvents.Topic, item => events.Read(item.Json) },
        };
        foreach (var entity in new[] { "Contact", "Lead", "Opportunity", "Order", "Task" }) table.Add($"outbound/{entity}", OfMessage);
        foreach (var entity in SalesforceQueries.Entities.Where(entity => entity != SalesforceQueries.Individual)) table.Add($"change/{entity}", Change(entity, SalesforcePeople.Is(entity) ? changes.Person : changes.Thing));
        return table;
    }

    private static Normalization.Ignored NotRead(string topic) => new(topic, "such records are not read; the setting objects lists those that are");
}
