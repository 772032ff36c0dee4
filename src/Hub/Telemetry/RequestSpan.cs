using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Names the span of a request by its route and tells its status. The path itself is not told: it can hold a secret.</summary>
internal static class RequestSpan
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span) Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var method = Methods.Contains(context.Request.Method, StringComparer.Ordinal) ? context.Request.Method : "_OTHER";
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
    }
}
