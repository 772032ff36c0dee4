using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Access;

/// <summary>Writes the audit of every endpoint that declares a change: before it is made, so that none can be made in secret, and once more before the caller is answered.</summary>
internal sealed class AuditFilter(IDatabase database, TimeProvider time) : IEndpointFilter
{
    public const string Done = "done";

    private const string Refused = "refused";
    private const string Failed = "failed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        if (request.GetEndpoint()?.Metadata.GetMetadata<EndpointAccess>()?.Change is not { } change) return await next(context);
        var (actor, line) = (Actor.Of(request), new AuditLine(change, SubjectOf(request.Request.RouteValues)));
        request.Features.Set(line);
        var number = await database.WriteAsync(session => session.BeginAudit(time.GetUtcNow(), change, actor.Who, actor.KeyId, line.Subject), CancellationToken.None);
        var outcome = Failed;
        try
        {
            var result = await next(context);
            outcome = Math.Max((result as IStatusCodeHttpResult)?.StatusCode ?? 0, request.Response.StatusCode) switch
            {
                < 400 => Done,
                < 500 => Refused,
                _ => Failed,
            };
            return result;
        }
        finally
        {
            await database.WriteAsync(session => session.EndAudit(number, line.What, line.Subject, outcome), CancellationToken.None);
        }
    }

    private static string? SubjectOf(RouteValueDictionary values) => (values["id"] ?? values["name"])?.ToString() is { } text ? text[..Math.Min(text.Length, 100)] : null;
}
