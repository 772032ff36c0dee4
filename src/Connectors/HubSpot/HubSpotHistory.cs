using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Reads objects by their last change. A search ends at 10,000 results, and an import can give more objects one time: pages go on at the last change, and within one time by id.</summary>
internal sealed class HubSpotHistory(HubSpotProperties properties, HubSpotConsent consent)
{
    /// <summary>The stream of contacts in the recycle bin.</summary>
    public const string Deleted = "deletedContacts";

    // Of contacts with histories no more can be read at once.
    private const int PageSize = 50;

    public Task<BackfillPage> ReadAsync(BackfillRequest request, IHubSpotApi api, CancellationToken cancellationToken) => request.Stream == Deleted
        ? DeletedAsync(request, api, cancellationToken)
        : ChangedAsync(HubSpotKind.All.First(kind => kind.Path == request.Stream), request, api, cancellationToken);

    /// <summary>What is asked for of a contact.</summary>
    public IEnumerable<string> ContactProperties => HubSpotKind.Contact.Properties.Concat(properties.Names).Distinct(StringComparer.Ordinal);

    private async Task<BackfillPage> ChangedAsync(HubSpotKind kind, BackfillRequest request, IHubSpotApi api, CancellationToken cancellationToken)
    {
        var position = Position.Of(request);
        using var search = Content(SearchFor(kind, position));
        var found = await api.SearchAsync(kind.Path, search, cancellationToken);
        var rows = found["results"].Items().ToList();
        var objects = rows.Count == 0 ? [] : kind == HubSpotKind.Contact ? await ContactsAsync(rows, api, cancellationToken) : await WithContactsAsync(kind, rows, api, cancellationToken);
        return new BackfillPage(objects, position.After(kind, rows)) { Total = request.Cursor is null ? found["total"].Integer() : null };
    }

    private static async Task<BackfillPage> DeletedAsync(BackfillRequest request, IHubSpotApi api, CancellationToken cancellationToken)
    {
        var answer = await api.DeletedAsync(request.Cursor, cancellationToken);
        var deleted = answer["results"].Items().Where(contact => request.Since is not { } since || contact["archivedAt"].RequiredTime() >= since);
        return new BackfillPage([.. deleted.Select(contact => new VendorObject("contact", contact["id"].RequiredId(), contact))], answer["paging"]["next"]["after"].Id());
    }

    // A search tells no histories.
    private async Task<IReadOnlyList<VendorObject>> ContactsAsync(List<Payload> rows, IHubSpotApi api, CancellationToken cancellationToken)
    {
        using var ids = Content(new JsonObject { ["properties"] = Names(ContactProperties), ["propertiesWithHistory"] = Names(consent.Names), ["inputs"] = Ids(rows) });
        var read = await api.ContactsAsync(ids, cancellationToken);
        return [.. read["results"].Items().Select(contact => new VendorObject("contact", contact["id"].RequiredId(), contact))];
    }

    // Nor does it tell associations: they are put where an object that is read by its id has them.
    private static async Task<IReadOnlyList<VendorObject>> WithContactsAsync(HubSpotKind kind, List<Payload> rows, IHubSpotApi api, CancellationToken cancellationToken)
    {
        using var ids = Content(new JsonObject { ["inputs"] = Ids(rows) });
        var associated = await api.AssociatedAsync(kind.Path, ids, cancellationToken);
        var contacts = associated["results"].Items().ToLookup(one => one["from"]["id"].RequiredId(), one => one["to"], StringComparer.Ordinal);
        return [.. rows.Select(row => (Id: row["id"].RequiredId(), Row: row)).Select(read =>
            new VendorObject(new ObjectReference(kind.Name, read.Id), With(read.Row, contacts[read.Id].SelectMany(to => to.Items()).Select(contact => contact["toObjectId"].RequiredId()))))];
    }

    private static byte[] With(Payload row, IEnumerable<string> contacts)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in row.Members())
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Raw().Span);
            }
            writer.WritePropertyName("associations");
            var results = new JsonArray([.. contacts.Distinct(StringComparer.Ordinal).Select(id => new JsonObject { ["id"] = id })]);
            new JsonObject { ["contacts"] = new JsonObject { ["results"] = results } }.WriteTo(writer);
            writer.WriteEndObject();
        }
        return output.ToArray();
    }

    private static JsonObject SearchFor(HubSpotKind kind, Position position)
    {
        JsonArray filters = [Filter(kind.Modified, position.Id is null ? "GTE" : "EQ", position.Milliseconds)];
        if (position.Id is { } id) filters.Add((JsonNode)Filter("hs_object_id", "GT", id));
        return new JsonObject
        {
            ["filterGroups"] = new JsonArray(new JsonObject { ["filters"] = filters }),
            ["sorts"] = new JsonArray(new JsonObject { ["propertyName"] = position.Id is null ? kind.Modified : "hs_object_id", ["direction"] = "ASCENDING" }),
            ["properties"] = Names(kind == HubSpotKind.Contact ? [kind.Modified] : kind.Properties),
            ["limit"] = PageSize,
        };
    }

    private static JsonObject Filter(string property, string comparison, string value) => new() { ["propertyName"] = property, ["operator"] = comparison, ["value"] = value };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static JsonArray Ids(List<Payload> rows) => [.. rows.Select(row => new JsonObject { ["id"] = row["id"].RequiredId() })];

    private static StringContent Content(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>Where a page begins: at a time, or behind an id within one time.</summary>
    private sealed record Position(string Milliseconds, string? Id)
    {
        public static Position Of(BackfillRequest request) => request.Cursor?.Split(' ') switch
        {
            [var milliseconds, var id] => new Position(milliseconds, id),
            [var milliseconds] => new Position(milliseconds, null),
            _ => new Position(request.Since is { } since ? HubSpotTime.Key(since) : "0", null),
        };

        /// <summary>Where the next page begins; null after the last.</summary>
        public string? After(HubSpotKind kind, List<Payload> rows)
        {
            if (rows.Count < PageSize) return Id is null ? null : Next();
            if (Id is not null) return $"{Milliseconds} {rows[^1]["id"].RequiredId()}";
            var last = HubSpotTime.Key(new HubSpotObject(kind, rows[^1]).Modified);
            return last == Milliseconds ? $"{last} 0" : last;
        }

        private string Next() => (long.Parse(Milliseconds, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
    }
}
