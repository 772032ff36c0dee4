using IntegrationHub.Hub.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class AccessRulesTests
{
    [Fact]
    public async Task Endpoint_that_declares_nothing_or_too_little_stops_the_start()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/api/sound", () => "").Needs(Role.Viewer);
        app.MapGet("/health", () => "").NeedsNoKey();
        app.MapGet("/api/forgotten", () => "");
        app.MapGet("/pages", () => "");
        app.MapGet("/api/open", () => "").NeedsNoKey();
        app.MapPost("/api/contacts", () => "").Needs(Role.Viewer);
        app.MapPost("/api/replay", () => "").Needs(Role.Operator);
        app.MapPost("/api/repair", () => "").Needs(Role.Operator, "repaired");
        app.MapDelete("/api/person", () => "").NeedsAndAudits(Role.Admin);
        app.Map("/api/anything", () => "").Needs(Role.Viewer);
        var exception = Assert.Throws<InvalidOperationException>(app.RequireAccess);
        Assert.Equal(
            "These endpoints must not be served: "
            + "HTTP: GET /api/forgotten does not declare who may call it: add Needs or NeedsNoKey where it is mapped; "
            + "HTTP: GET /pages does not declare who may call it: add Needs or NeedsNoKey where it is mapped; "
            + "HTTP: GET /api/open is a part of the API and needs no key; "
            + "HTTP: POST /api/contacts can change something and lets viewers in; "
            + "HTTP: POST /api/replay can change something and the audit would not tell: say what it changes; "
            + "/api/anything can change something and lets viewers in.",
            exception.Message);
    }
}
