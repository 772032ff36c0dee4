using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Api;

/// <summary>Answers 410 on every route of a contact that was erased.</summary>
internal sealed class ErasedContactFilter(IDatabase database) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var isErased = request.Path.StartsWithSegments("/api/contacts", StringComparison.OrdinalIgnoreCase)
            && request.RouteValues.TryGetValue("id", out var value) && Guid.TryParse(value?.ToString(), out var id) && database.Read(session => session.IsErased(id));
        return isErased ? Results.Problem(statusCode: 410, detail: "This contact was erased. Nothing of it is left.") : await next(context);
    }
}
