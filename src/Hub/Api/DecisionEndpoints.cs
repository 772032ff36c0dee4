using System.Text.Json;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Api;

/// <summary>Making decisions, taking them back, and the review queue that asks for them.</summary>
internal sealed class DecisionEndpoints(DecisionService decisions, IDatabase database, ConfigurationSource configuration)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/decisions", List).WithSummary("All decisions, the newest first, revoked ones too").Needs(Role.Viewer).Produces(200, contentType: "application/json");
        routes.MapPost("/decisions", MakeAsync).WithSummary("Rules that two are one person, or not; that a value names nobody; or what a field says. With dryRun only says what that would do").Needs(Role.Operator, "decision_made").Produces(200, contentType: "application/json").Produces(201, contentType: "application/json").ProducesProblem(400);
        routes.MapDelete("/decisions/{id:guid}", RevokeAsync).WithSummary("Takes a decision back").Needs(Role.Operator, "decision_revoked").Produces(200, contentType: "application/json").ProducesProblem(404);
        routes.MapGet("/review", Review).WithSummary("Ties that were refused and values that are shared: what a person may want to decide, why, and what that would do").Needs(Role.Viewer).Produces(200, contentType: "application/json").ProducesProblem(400);
    }

    private IResult List() => new JsonResult(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var decision in decisions.All()) Write(writer, decision);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    // An element that can't be absent makes an empty body, and one that is no JSON, an error of the server.
    private async Task<IResult> MakeAsync(JsonElement? given, bool? dryRun, HttpContext context, CancellationToken cancellationToken)
    {
        var body = given ?? default;
        var (decision, problem) = new DecisionReader(database, new IdentityRules(configuration.Current)).Read(body);
        if (decision is null) return Pages.Problem(problem ?? "The decision can't be read.");
        if (dryRun is true)
        {
            AuditLine.Of(context).What = "decision_tried";
            return new JsonResult((await decisions.PreviewAsync(decision, cancellationToken)).Write);
        }
        var made = await decisions.MakeAsync(decision, DecisionReader.Text(body, "author") ?? Actor.Of(context).Who, DecisionReader.Text(body, "reason"), cancellationToken);
        AuditLine.Of(context).Subject = made.Id.ToString();
        return new JsonResult(writer => Write(writer, made), 201);
    }

    private async Task<IResult> RevokeAsync(Guid id, CancellationToken cancellationToken) =>
        await decisions.RevokeAsync(id, cancellationToken) is { } revoked
            ? new JsonResult(writer => Write(writer, revoked))
            : Results.Problem(statusCode: 404, detail: "There is no such decision, or it is revoked already.");

    private IResult Review(string? kind, int? limit, string? cursor)
    {
        if (kind is not (null or ReviewQueue.RefusedTie or ReviewQueue.SharedValue)) return Pages.Problem($"kind must be {ReviewQueue.RefusedTie} or {ReviewQueue.SharedValue}.");
        if (Pages.Limit(limit) is { Problem: { } badLimit }) return badLimit;
        if (Pages.Cursor(cursor, 3) is { Problem: { } badCursor }) return badCursor;
        return new JsonResult(writer => database.Read(session =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            var last = new ReviewQueue(session, configuration.Current).Write(writer, kind, Pages.Limit(limit).Limit, Pages.Cursor(cursor, 3).Numbers);
            writer.WriteEndArray();
            writer.WriteString("next", last is null ? null : Pages.Write(last));
            writer.WriteEndObject();
            return last;
        }));
    }

    internal static void Write(Utf8JsonWriter writer, StoredDecision decision)
    {
        writer.WriteStartObject();
        writer.WriteString("id", decision.Id);
        foreach (var member in JsonSerializer.SerializeToElement(decision.Decision, HubJson.Default.Decision).EnumerateObject()) member.WriteTo(writer);
        writer.WriteString("author", decision.Author);
        writer.WriteString("reason", decision.Reason);
        ContactJson.WriteTime(writer, "madeAt", decision.MadeAt);
        ContactJson.WriteTime(writer, "revokedAt", decision.RevokedAt);
        writer.WriteEndObject();
    }
}
