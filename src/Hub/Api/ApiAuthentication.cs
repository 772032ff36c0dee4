using System.Net.Http.Headers;

namespace IntegrationHub.Hub.Api;

/// <summary>Lets a request through only with <c>Authorization: Bearer &lt;key&gt;</c>.</summary>
internal sealed class ApiAuthentication(AdminKey key) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Holds(context.HttpContext.Request)) return await next(context);
        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(statusCode: 401, detail: "Send the key as 'Authorization: Bearer <key>'. The hub printed at its start where the key is.");
    }

    private bool Holds(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && header.Parameter is { Length: > 0 } given && key.Matches(given);
}
