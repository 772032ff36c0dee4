using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.VendorStub;

/// <summary>An answer.</summary>
public sealed class Response
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
    private int status = 200;
    private byte[] body = [];
    private Func<LoggedRequest, Response>? callback;
    private TimeSpan delay;
    private Task? held;
    private Fault fault;

    private Response() { }

    /// <summary>200 without a body.</summary>
    public static Response Create() => new();

    /// <summary>The status.</summary>
    public Response WithStatusCode(int code)
    {
        status = code;
        return this;
    }

    /// <summary>The status.</summary>
    public Response WithStatusCode(HttpStatusCode code) => WithStatusCode((int)code);

    /// <summary>A header.</summary>
    public Response WithHeader(string name, string value)
    {
        headers[name] = value;
        return this;
    }

    /// <summary><c>Retry-After</c> in whole seconds.</summary>
    public Response WithRetryAfter(TimeSpan wait) => WithHeader("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    /// <summary>The body.</summary>
    public Response WithBody(byte[] bytes)
    {
        body = bytes;
        return this;
    }

    /// <summary>The body, in UTF-8.</summary>
    public Response WithBody(string text) => WithBody(Encoding.UTF8.GetBytes(text));

    /// <summary>The body as JSON, with its <c>Content-Type</c>. A text is taken as JSON that is written already.</summary>
    public Response WithBodyAsJson(object value) => WithHeader("Content-Type", "application/json").WithBody(value as string ?? JsonSerializer.Serialize(value, JsonSerializerOptions.Web));

    /// <summary>Works the answer out of the request; what else is said here but delay and fault does not count then.</summary>
    public Response WithCallback(Func<LoggedRequest, Response> answer)
    {
        callback = answer;
        return this;
    }

    /// <summary>Waits before it answers, by the server's clock.</summary>
    public Response WithDelay(TimeSpan wait)
    {
        delay = wait;
        return this;
    }

    /// <summary>Answers only when this is completed.</summary>
    public Response WithDelay(Task until)
    {
        held = until;
        return this;
    }

    /// <summary>Breaks the answer.</summary>
    public Response WithFault(Fault what)
    {
        fault = what;
        return this;
    }

    internal async Task WriteAsync(LoggedRequest request, HttpContext context, TimeProvider time)
    {
        if (held is not null) await held.WaitAsync(context.RequestAborted);
        if (delay > TimeSpan.Zero) await Task.Delay(delay, time, context.RequestAborted);
        await (callback?.Invoke(request) ?? this).SendAsync(context, fault);
    }

    private async Task SendAsync(HttpContext context, Fault broken)
    {
        if (broken is Fault.ConnectionDropped)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (broken is Fault.EmptyAnswer) return;
        if (status is not (204 or 304)) context.Response.ContentLength = body.Length;
        var sent = broken is Fault.BodyBroken ? body.Length / 2 : body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, sent), context.RequestAborted);
        if (broken is not Fault.BodyBroken) return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}

/// <summary>How an answer can be broken.</summary>
public enum Fault
{
    /// <summary>It is sound.</summary>
    None,

    /// <summary>The connection is dropped before the first byte.</summary>
    ConnectionDropped,

    /// <summary>The connection is dropped in the middle of the body.</summary>
    BodyBroken,

    /// <summary>Status and headers come, and no body.</summary>
    EmptyAnswer,
}
