using System.Text.Json;
using IntegrationHub.Hub.Contacts;

namespace IntegrationHub.Hub.Api;

/// <summary>An answer that writes its JSON itself.</summary>
internal sealed class JsonResult(Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => statusCode;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = statusCode;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, ContactJson.Options)) write(writer);
        httpContext.Response.ContentLength = buffer.Length;
        await httpContext.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), httpContext.RequestAborted);
    }
}
