namespace IntegrationHub.Hub.Access;

/// <summary>Headers of every answer: nothing of it is to be guessed at, framed, kept, or told to other sites. An endpoint that needs other ones sets them itself.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string OneYear = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    });

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.TryAdd("Cache-Control", "no-store");
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }
}
