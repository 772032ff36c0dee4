namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Reads what the API tells as the webhooks that would have told it: so both give the same facts.</summary>
internal sealed class ActiveCampaignObjects(ActiveCampaignClock clock, ActiveCampaignPeople people)
{
    public const string Contact = "contact";
    public const string Deal = "deal";

    // Of a contact on a list: 0 is not confirmed yet, 3 bounced.
    private const string Active = "1";
    private const string Left = "2";

    public Normalization Read(ObjectReference what, Payload told) => what.ObjectType switch
    {
        Contact => ReadContact(told),
        Deal => ReadDeal(told),
        _ => new Normalization.Ignored(what.ObjectType, "the connector does not read such objects"),
    };

    /// <summary>An id; null when absent or <c>0</c>.</summary>
    public static string? Id(Payload id) => id.Id() is { } text && text != "0" ? text : null;

    private Normalization ReadContact(Payload told)
    {
        var contact = told["contact"];
        var changed = Changed(contact);
        var state = ActiveCampaignContacts.Updated(Message(ActiveCampaignForm.Of(changed).AddContact(told)));
        return Normalization.Batch([state, .. told["contactLists"].Items().Select(list => OnList(told, list, changed)).OfType<Normalization>()]);
    }

    private Normalization? OnList(Payload told, Payload list, DateTimeOffset changed) => list["status"].Scalar() switch
    {
        Active => ActiveCampaignEmails.Subscribed(Message(ActiveCampaignForm.Of(clock.Time(list["sdate"]) ?? clock.Time(told["contact"]["cdate"]) ?? changed).AddContact(told).AddList(list))),
        Left => ActiveCampaignEmails.Unsubscribed(Message(ActiveCampaignForm.Of(clock.Time(list["udate"]) ?? changed).AddContact(told).AddList(list))),
        _ => null,
    };

    private Normalization ReadDeal(Payload told)
    {
        var deal = told["deal"];
        var (created, changed) = (clock.Time(deal["cdate"]), clock.Time(deal["mdate"]));
        var message = Message(ActiveCampaignForm.Of(changed ?? created ?? throw deal["mdate"].Missing()).AddContact(told["contact"]).AddDeal(told));
        return changed is null || changed == created ? ActiveCampaignDeals.Added(message) : ActiveCampaignDeals.Updated(message);
    }

    // Captures show each of the two ahead of the other.
    private DateTimeOffset Changed(Payload contact)
    {
        var times = new[] { contact["udate"], contact["edate"], contact["cdate"] }.Select(clock.Time).OfType<DateTimeOffset>().ToList();
        return times.Count > 0 ? times.Max() : throw contact["udate"].Missing();
    }

    private ActiveCampaignMessage Message(ActiveCampaignForm form) => new(form.Read(), clock, people);
}
