using System.Globalization;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Reads contacts and deals page by page. What a page tells beside them is put into each of them.</summary>
internal static class ActiveCampaignHistory
{
    public const string Contacts = "contacts";
    public const string Deals = "deals";
    private const int PageSize = 100;

    public static Task<BackfillPage> ReadAsync(BackfillRequest request, IActiveCampaignApi api, CancellationToken cancellationToken) =>
        request.Stream == Contacts ? ContactsAsync(request, api, cancellationToken) : DealsAsync(request, api, cancellationToken);

    // By id, as the vendor advises: a contact that changes while it is paged keeps its place.
    private static async Task<BackfillPage> ContactsAsync(BackfillRequest request, IActiveCampaignApi api, CancellationToken cancellationToken)
    {
        var page = await api.ContactsAsync(Since(request), request.Cursor ?? "0", cancellationToken);
        var contacts = new ActiveCampaignPage(page).Contacts().ToList();
        return new BackfillPage(
            [.. contacts.Select(contact => new VendorObject(new ObjectReference(ActiveCampaignObjects.Contact, contact.Id), contact.Body))],
            contacts.Count == PageSize ? contacts[^1].Id : null)
        { Total = request.Cursor is null ? page["meta"]["total"].Integer() : null };
    }

    // A deal that changes while they are paged joins those that changed since, and moves others towards the end: read twice rather than passed over.
    private static async Task<BackfillPage> DealsAsync(BackfillRequest request, IActiveCampaignApi api, CancellationToken cancellationToken)
    {
        var offset = long.Parse(request.Cursor ?? "0", CultureInfo.InvariantCulture);
        var page = await api.DealsAsync(Since(request), offset, cancellationToken);
        var deals = page["deals"].Items().ToList();
        return new BackfillPage(
            deals.Count == 0 ? [] : await WholeAsync(deals, api, cancellationToken),
            deals.Count == PageSize ? (offset + PageSize).ToString(CultureInfo.InvariantCulture) : null)
        { Total = request.Cursor is null ? page["meta"]["total"].Integer() : null };
    }

    // A webhook tells contact, stage, pipeline and owner with the deal; the list tells their ids.
    private static async Task<IReadOnlyList<VendorObject>> WholeAsync(List<Payload> deals, IActiveCampaignApi api, CancellationToken cancellationToken)
    {
        var ids = deals.Select(deal => ActiveCampaignObjects.Id(deal["contact"])).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var contacts = new ActiveCampaignPage(ids.Count == 0 ? deals[0]["none"] : await api.ContactsOfAsync(ids, cancellationToken)).Contacts().ToLookup(contact => contact.Id, contact => contact.Body, StringComparer.Ordinal);
        var stages = Titles((await api.StagesAsync(cancellationToken))["dealStages"]);
        var pipelines = Titles((await api.PipelinesAsync(cancellationToken))["dealGroups"]);
        var users = (await api.UsersAsync(cancellationToken))["users"].Items().ToLookup(user => user["id"].RequiredId(), user => user.Raw(), StringComparer.Ordinal);
        return [.. deals.Select(deal => new VendorObject(new ObjectReference(ActiveCampaignObjects.Deal, deal["id"].RequiredId()), ObjectBody.Of(
            ("deal", deal.Raw()),
            ("stage", Of(stages, deal["stage"])),
            ("pipeline", Of(pipelines, deal["group"])),
            ("owner", Of(users, deal["owner"])),
            ("contact", Of(contacts, deal["contact"])))))];
    }

    private static ILookup<string, ReadOnlyMemory<byte>> Titles(Payload list) =>
        list.Items().ToLookup(item => item["id"].RequiredId(), item => item["title"].Raw(), StringComparer.Ordinal);

    private static ReadOnlyMemory<byte>? Of(ILookup<string, ReadOnlyMemory<byte>> known, Payload id) =>
        id.Id() is { } key ? known[key].Cast<ReadOnlyMemory<byte>?>().FirstOrDefault() : null;

    private static string? Since(BackfillRequest request) =>
        request.Since is { } since ? since.UtcDateTime.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture) : null;
}
