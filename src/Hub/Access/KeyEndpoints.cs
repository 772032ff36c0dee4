using System.Text.Json;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Contacts;

namespace IntegrationHub.Hub.Access;

/// <summary>Making, listing and revoking keys of the API.</summary>
internal sealed class KeyEndpoints(ApiKeys keys)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", List).WithSummary("The keys of the API, revoked ones too; without what is secret of them").Needs(Role.Admin).Produces(200, contentType: "application/json");
        routes.MapPost("/keys", CreateAsync).WithSummary("Makes a key: it is shown in this answer and never again").Needs(Role.Admin, "key_created").Produces(201, contentType: "application/json").ProducesProblem(400);
        routes.MapDelete("/keys/{id}", RevokeAsync).WithSummary("Revokes a key: it is good for no more call").Needs(Role.Admin, "key_revoked").Produces(200, contentType: "application/json").ProducesProblem(404);
    }

    private IResult List() => new JsonResult(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var key in keys.All()) Write(writer, key);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private async Task<IResult> CreateAsync(KeyRequest wish, HttpContext context, CancellationToken cancellationToken)
    {
        var (name, role, problem) = wish.Read();
        if (problem is not null) return Pages.Problem(problem);
        var key = await keys.CreateAsync(name, role, Actor.Of(context).Who, cancellationToken);
        AuditLine.Of(context).Subject = key.Id;
        return Results.Json(new { id = key.Id, name, role = RoleText.Write(role), key = key.Text }, statusCode: 201);
    }

    private async Task<IResult> RevokeAsync(string id, HttpContext context, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, Actor.Of(context).Who, cancellationToken) is { } revoked
            ? new JsonResult(writer => Write(writer, revoked))
            : Results.Problem(statusCode: 404, detail: "There is no such key, or it is revoked already.");

    private static void Write(Utf8JsonWriter writer, ApiKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("id", key.Id);
        writer.WriteString("name", key.Name);
        writer.WriteString("role", RoleText.Write(key.Role));
        ContactJson.WriteTime(writer, "createdAt", key.CreatedAt);
        writer.WriteString("createdBy", key.CreatedBy);
        ContactJson.WriteTime(writer, "usedAt", key.UsedAt);
        ContactJson.WriteTime(writer, "revokedAt", key.RevokedAt);
        writer.WriteString("revokedBy", key.RevokedBy);
        writer.WriteEndObject();
    }
}
