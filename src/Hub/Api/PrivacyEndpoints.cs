using System.Text.Json;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Api;

/// <summary>Erasing a person, giving them a copy of what is held, and the audit of both.</summary>
internal sealed class PrivacyEndpoints(ErasureService erasures, IDatabase database, ConfigurationSource configuration, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/contacts/{id:guid}", EraseAsync).WithSummary("Erases a person: everything that is held of them, for good").NeedsAndAudits(Role.Admin).Produces(200, contentType: "application/json").Produces(202, contentType: "application/json").ProducesProblem(404).ProducesProblem(410);
        routes.MapGet("/contacts/{id:guid}/export", ExportAsync).WithSummary("Everything that is held of a person, as JSON or as a page to read").Needs(Role.Admin).Produces(200, contentType: "application/json").ProducesProblem(404).ProducesProblem(410);
        routes.MapGet("/audit", Audit).WithSummary("What was changed, erased, exported and asked for, by whom, the newest first; without personal data").Needs(Role.Admin).Produces(200, contentType: "application/json").ProducesProblem(400);
    }

    private async Task<IResult> EraseAsync(Guid id, string? author, HttpContext context, CancellationToken cancellationToken)
    {
        if (await erasures.EraseAsync(id, Actor.Of(context, author), cancellationToken) is not { } outcome) return Missing();
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("contactId", outcome.ContactId);
            writer.WriteNumber("events", outcome.Events);
            writer.WriteNumber("deliveries", outcome.Deliveries);
            writer.WriteString("status", outcome.IsFinished ? "erased" : "finishing");
            writer.WriteEndObject();
        }, outcome.IsFinished ? 200 : 202);
    }

    private async Task<IResult> ExportAsync(Guid id, string? format, string? author, HttpContext context, CancellationToken cancellationToken)
    {
        if (format is not (null or "json" or "html")) return Pages.Problem("format must be json or html.");
        if (database.Read(session => ContactCopy.Read(session, id)) is not { } copy) return Missing();
        var actor = Actor.Of(context, author);
        await database.WriteAsync(session =>
        {
            session.Audit(time.GetUtcNow(), AuditTables.Exported, actor.Who, copy.Contact.Row.Id, keyId: actor.KeyId);
            return 0;
        }, cancellationToken);
        var json = new ContactJson(new Survivorship(configuration.Current.Identity, database.Read(DecisionBook.Read)));
        if (format is not "html") return new JsonResult(writer => copy.Write(writer, json));
        return new PageResult(ContactPage.Of(copy, json));
    }

    private IResult Audit(int? limit, string? cursor)
    {
        if (Pages.Limit(limit) is { Problem: { } badLimit }) return badLimit;
        if (Pages.Cursor(cursor, 1) is { Problem: { } badCursor }) return badCursor;
        var size = Pages.Limit(limit).Limit;
        var entries = database.Read(session => session.AuditEntries(size + 1, Pages.Cursor(cursor, 1).Numbers is [var before] ? before : null));
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var entry in entries.Take(size)) Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteString("next", entries.Count > size ? Pages.Write(entries[size - 1].Key) : null);
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        ContactJson.WriteTime(writer, "at", entry.At);
        writer.WriteString("what", entry.What);
        writer.WriteString("who", entry.Who);
        if (entry.KeyId is { } key) writer.WriteString("key", key);
        if (entry.Subject is { } subject) writer.WriteString("subject", subject);
        if (entry.Outcome is { } done) writer.WriteString("outcome", done);
        if (entry.ContactId is { } contact) writer.WriteString("contactId", contact);
        if (entry.Connection is { } connection) writer.WriteString("connection", connection);
        if (entry.Events is { } events) writer.WriteNumber("events", events);
        if (entry.Deliveries is { } deliveries) writer.WriteNumber("deliveries", deliveries);
        if (entry.Status is { } status) writer.WriteString("status", status);
        writer.WriteEndObject();
    }

    private static IResult Missing() => Results.Problem(statusCode: 404, detail: "There is no such contact.");

    /// <summary>A page that may load and run nothing: what it shows comes from outside.</summary>
    private sealed class PageResult(string page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            return httpContext.Response.WriteAsync(page, httpContext.RequestAborted);
        }
    }
}
