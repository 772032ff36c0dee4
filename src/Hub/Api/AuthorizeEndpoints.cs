using System.Diagnostics;
using System.Text.Encodings.Web;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Api;

/// <summary>Granting a connection access to its vendor's API.</summary>
internal sealed class AuthorizeEndpoints(Authorizations authorizations, HydrationService hydration, IDatabase database, TimeProvider time, ILogger<AuthorizeEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder root)
    {
        api.MapPost("/connections/{name}/authorize", BeginAsync).WithSummary("The address at the vendor where a person grants the connection access").Needs(Role.Admin, "authorization_begun")
            .Produces(200, contentType: "application/json").ProducesProblem(404).ProducesProblem(409);
        root.MapGet("/" + Authorizations.CallbackPath, EndAsync).NeedsNoKey().ExcludeFromDescription();
    }

    private async Task<IResult> BeginAsync(string name, CancellationToken cancellationToken) => await authorizations.BeginAsync(name, cancellationToken) switch
    {
        AuthorizationStart.Begun begun => Results.Json(new { url = begun.Address.AbsoluteUri, redirectUri = begun.Callback.AbsoluteUri, validUntil = begun.Until }),
        AuthorizationStart.Unknown => Results.Problem(statusCode: 404, detail: "There is no such connection."),
        AuthorizationStart.Refused refused => Results.Problem(statusCode: 409, detail: refused.Reason),
        _ => throw new UnreachableException(),
    };

    // No key is asked for: the state in the address proves that an admin began it.
    private async Task<IResult> EndAsync(string? state, string? code, string? error)
    {
        // The code is good once: what came of it must not be lost when the browser goes away.
        switch (await authorizations.EndAsync(state, code, error, CancellationToken.None))
        {
            case AuthorizationEnd.Granted granted:
                Vendors.Log.Granted(logger, granted.Connection);
                await database.WriteAsync(session =>
                {
                    session.Audit(time.GetUtcNow(), "access_granted", "a browser with the address of the request", subject: granted.Connection);
                    return granted.Connection;
                }, CancellationToken.None);
                await hydration.HurryAsync(granted.Connection, CancellationToken.None);
                return Page(200, $"The connection '{granted.Connection}' has access now. You can close this page.");
            case AuthorizationEnd.Failed failed:
                return Page(400, failed.Reason);
            default:
                throw new UnreachableException();
        }
    }

    private static IResult Page(int status, string text) =>
        Results.Content($"<!doctype html><meta charset=\"utf-8\"><title>IntegrationHub</title><p>{HtmlEncoder.Default.Encode(text)}</p>\n", "text/html; charset=utf-8", null, status);
}
