using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Api;

/// <summary>Finding contacts, reading one, and its timeline.</summary>
internal sealed class ContactEndpoints(IDatabase database, ConfigurationSource configuration)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contacts", Search).WithSummary("Finds contacts by e-mail, phone, any identifier, or a part of a name").Needs(Role.Viewer).Produces(200, contentType: "application/json").ProducesProblem(400);
        routes.MapGet("/contacts/{id:guid}", Get).WithSummary("One contact: every value with where it came from; with asOf as it was at a past moment").Needs(Role.Viewer).Produces(200, contentType: "application/json").ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/contacts/{id:guid}/timeline", Timeline).WithSummary("What happened, the latest first").Needs(Role.Viewer).Produces(200, contentType: "application/json").ProducesProblem(404);
    }

    private IResult Search(string? email, string? phone, string? identifier, string? q, int? limit, string? cursor)
    {
        if (new[] { email, phone, identifier, q }.Count(given => given is not null) > 1) return Pages.Problem("Give one of email, phone, identifier and q.");
        if (Pages.Limit(limit) is { Problem: { } badLimit }) return badLimit;
        if (Pages.Cursor(cursor, 1) is { Problem: { } badCursor }) return badCursor;
        if (email is not null) return One(Node(Identifier.Email(email)));
        if (phone is not null) return One(Node(Identifier.Phone(phone)));
        if (identifier is not null) return FindByIdentifier(identifier);
        return List(q?.Trim().ToLowerInvariant() is { Length: > 0 } text ? text : null, Pages.Limit(limit).Limit, Pages.Cursor(cursor, 1).Numbers);
    }

    private IResult FindByIdentifier(string identifier)
    {
        var (node, problem) = IdentifierText.Read(identifier, Rules);
        return problem is null ? One(node) : Pages.Problem(problem);
    }

    private IResult One(IdentityNode? node)
    {
        var found = node is null ? null : database.Read(session => session.ContactByNode(node.Name));
        return new JsonResult(writer => WriteList(writer, found is null ? [] : [found], null));
    }

    private IResult List(string? text, int limit, long[] after) => new JsonResult(writer => database.Read(session =>
    {
        var keys = session.SearchContacts(text, limit + 1, after is [var key] ? key : 0);
        var next = keys.Count > limit ? Pages.Write(keys[limit - 1]) : null;
        WriteList(writer, keys.Take(limit).Select(session.ContactByKey).OfType<ContactDetails>(), next);
        return keys.Count;
    }));

    private IResult Get(Guid id, string? asOf, string? by)
    {
        if (AsOf.Read(asOf, by) is { Problem: { } problem }) return Pages.Problem(problem);
        if (AsOf.Read(asOf, by).AsOf is { } moment) return Past(id, moment, past => new JsonResult(past.Write));
        return database.Read(session => session.ContactById(id)) is { } contact ? new JsonResult(writer => Json().Write(writer, contact)) : Missing();
    }

    private IResult Past(Guid id, AsOf asOf, Func<PastContact, IResult> answer) => database.Read(session =>
    {
        if (session.OriginOf(id) is not { } origin) return Missing();
        if (PastContact.Find(session, configuration.Current, origin, asOf) is { } past) return answer(past);
        var known = session.Timeline(origin.ContactKey, int.MaxValue, null).Select(entry => asOf.TimeOf(entry.Event)).Order().FirstOrDefault();
        return Results.Problem(statusCode: 404, detail: $"There was nothing of this contact at {asOf.Moment:yyyy-MM-dd'T'HH:mm:ss'Z'}: it is known since {known:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}.");
    });

    private IResult Timeline(Guid id, int? limit, string? cursor, string? asOf, string? by)
    {
        if (AsOf.Read(asOf, by) is { Problem: { } problem }) return Pages.Problem(problem);
        if (Pages.Limit(limit) is { Problem: { } badLimit }) return badLimit;
        if (Pages.Cursor(cursor, 2) is { Problem: { } badCursor }) return badCursor;
        (long, long)? before = Pages.Cursor(cursor, 2).Numbers is [var at, var key] ? (at, key) : null;
        var size = Pages.Limit(limit).Limit;
        if (AsOf.Read(asOf, by).AsOf is { } moment) return Past(id, moment, past => new JsonResult(writer => WriteTimeline(writer, past.Timeline(size + 1, before), size)));
        var entries = database.Read(session => session.ContactById(id) is { } contact ? session.Timeline(contact.Row.Key, size + 1, before) : null);
        return entries is null ? Missing() : new JsonResult(writer => WriteTimeline(writer, entries, size));
    }

    private static void WriteTimeline(Utf8JsonWriter writer, List<TimelineEntry> entries, int limit)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var entry in entries.Take(limit)) TimelineJson.Write(writer, entry);
        writer.WriteEndArray();
        var last = entries.Count > limit ? entries[limit - 1] : null;
        writer.WriteString("next", last is null ? null : Pages.Write(last.Event.OccurredAt.ToDb(), last.EventKey));
        writer.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter writer, IEnumerable<ContactDetails> contacts, string? next)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        var json = Json();
        foreach (var contact in contacts) json.Write(writer, contact);
        writer.WriteEndArray();
        writer.WriteString("next", next);
        writer.WriteEndObject();
    }

    private IdentityNode? Node(Identifier identifier) => Rules.Node(identifier, "");

    private IdentityRules Rules => new(configuration.Current);

    private ContactJson Json() => new(new Survivorship(configuration.Current.Identity, database.Read(DecisionBook.Read)));

    private static IResult Missing() => Results.Problem(statusCode: 404, detail: "There is no such contact.");
}
