using System.Globalization;
using System.Text;
using IntegrationHub.Connectors;
using Microsoft.AspNetCore.Mvc;

namespace IntegrationHub.Hub.Ingest;

/// <summary>What the webhook endpoint answers.</summary>
internal static class WebhookAnswers
{
    /// <summary>Says the same as the usual body, whatever body the vendor wants: accepted or duplicate.</summary>
    public const string StatusHeader = "Hub-Status";

    public const string Accepted = "accepted";
    public const string Duplicate = "duplicate";

    private static readonly byte[] DuplicateBody = """{"status":"duplicate"}"""u8.ToArray();

    public static Task AcceptedAsync(HttpContext context, long id) =>
        JsonAsync(context, Encoding.UTF8.GetBytes($$"""{"status":"accepted","id":"{{id.ToString(CultureInfo.InvariantCulture)}}"}"""));

    public static Task DuplicateAsync(HttpContext context) => JsonAsync(context, DuplicateBody);

    public static async Task ReplyAsync(HttpContext context, WebhookReply reply)
    {
        context.Response.StatusCode = reply.StatusCode;
        context.Response.ContentType = reply.ContentType;
        SetHeaders(context, reply.Headers);
        // An answer without content has no length either, and the server lets nobody write one.
        if (reply.StatusCode is 204) return;
        context.Response.ContentLength = reply.Body.Length;
        if (context.Request.Method != "HEAD") await context.Response.Body.WriteAsync(reply.Body);
    }

    public static void SetHeaders(HttpContext context, IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
    }

    public static Task ProblemAsync(HttpContext context, int status, string detail, int? retryAfterSeconds = null)
    {
        if (retryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), Detail = detail };
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    private static async Task JsonAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }
}
