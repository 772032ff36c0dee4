namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot: contacts with their consent, deals, notes, tasks, meetings; orders, carts, invoices and subscriptions where wanted. Lists of events that hint at objects, which are fetched.</summary>
[Connector("hubspot", "HubSpot", ConnectorCategory.Crm)]
public sealed class HubSpotConnector : IWebhookSource, IHydrate, IBackfill
{
    private const string Company = "company";

    private readonly HubSpotSettings settings;
    private readonly HubSpotConsent consent;
    private readonly HubSpotContacts contacts;
    private readonly HubSpotHistory history;
    private readonly HubSpotCommerce commerce;

    /// <summary>A connection.</summary>
    public HubSpotConnector(HubSpotSettings settings)
    {
        this.settings = settings;
        var properties = new HubSpotProperties(settings.Properties);
        consent = new HubSpotConsent(properties);
        contacts = new HubSpotContacts(properties, consent);
        history = new HubSpotHistory(properties, consent);
        commerce = new HubSpotCommerce(settings.Currency);
        Authentication = new HubSpotAuthentication(settings.WebhookSecret);
        Topics = HubSpotTopics.Table(new HubSpotEvents(settings));
        Streams = [.. HubSpotKind.All.Where(settings.Reads).Select(kind => kind.Path), HubSpotHistory.Deleted];
        Api = settings.Access();
    }

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; }

    /// <inheritdoc/>
    public TopicTable Topics { get; }

    /// <inheritdoc/>
    public ApiAccess? Api { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; }

    /// <summary>The topic of the first event: a delivery mixes them.</summary>
    public string Topic(WebhookDelivery delivery) =>
        delivery.Json.Items().Select(HubSpotEvent.TopicOf).FirstOrDefault() ?? throw new PayloadException("$", "is an empty list");

    /// <summary>HubSpot has no delivery id, and does not promise that an <c>eventId</c> is unique.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <summary>Each event for itself: one that can't be read does not hold up the others.</summary>
    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(delivery.Json.Items(), item => Read(delivery.Of(item)));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken)
    {
        var (type, id) = reference;
        var hubspot = api.As<IHubSpotApi>();
        if (type is "contact" or HubSpotEvents.Restored) return await ContactAsync(reference, hubspot, cancellationToken);
        var kind = HubSpotKind.Named(type) ?? throw new VendorException(VendorFault.Refused, "the hub knows no such kind of object any more");
        return [new VendorObject(type, id, await hubspot.ObjectAsync(kind.Path, id, string.Join(',', kind.Properties), null, "contacts", cancellationToken))];
    }

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) => history.ReadAsync(request, api.As<IHubSpotApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery)
    {
        var (type, id) = what;
        HubSpotObject Of(HubSpotKind kind) => new(kind, delivery.Json);
        return type switch
        {
            "contact" => contacts.Seen(delivery.Json, null, delivery.ReceivedAt),
            HubSpotEvents.Restored => contacts.Seen(delivery.Json, HubSpotTime.Of(PayloadText.Integer(id.Split('/')[^1], "the reference"), "the reference"), delivery.ReceivedAt),
            Company => HubSpotContacts.Employed(id.Split('/')[0], delivery.Json),
            "deal" => HubSpotDeals.Seen(Of(HubSpotKind.Deal), settings.Currency),
            "note" => HubSpotActivities.Noted(Of(HubSpotKind.Note)),
            "task" => HubSpotActivities.Planned(Of(HubSpotKind.Task)),
            "meeting" => HubSpotActivities.Met(Of(HubSpotKind.Meeting)),
            "order" => commerce.Ordered(Of(HubSpotKind.Order)),
            "cart" => commerce.Filled(Of(HubSpotKind.Cart)),
            "invoice" => commerce.Billed(Of(HubSpotKind.Invoice)),
            "subscription" => commerce.Subscribed(Of(HubSpotKind.Subscription)),
            _ => new Normalization.Ignored(type, "the connector does not read such objects"),
        };
    }

    private Normalization Read(WebhookDelivery item)
    {
        var told = new HubSpotEvent(item.Json);
        return told.Portal == settings.PortalId ? Topics.Normalize(told.Topic, item) : new Normalization.Ignored(told.Topic, "is of another HubSpot account than portalId names");
    }

    // A contact without a company of its own may be associated with one.
    private async Task<IReadOnlyList<VendorObject>> ContactAsync(ObjectReference reference, IHubSpotApi api, CancellationToken cancellationToken)
    {
        var contact = await api.ObjectAsync("contacts", reference.ObjectId.Split('/')[0], string.Join(',', history.ContactProperties), string.Join(',', consent.Names), "companies", cancellationToken);
        var read = new VendorObject(reference.ObjectType, reference.ObjectId, contact);
        var companies = contact["associations"]["companies"]["results"].Items().ToList();
        if (companies.Count == 0 || contact["properties"]["company"].Text() is not null) return [read];
        // The unlabelled ones are the others; the first one's type has no addition.
        var id = (companies.Find(company => company["type"].Text() == "contact_to_company") ?? companies[0])["id"].RequiredId();
        return [read, new VendorObject(Company, $"{contact["id"].RequiredId()}/{id}", await api.CompanyAsync(id, cancellationToken))];
    }
}
