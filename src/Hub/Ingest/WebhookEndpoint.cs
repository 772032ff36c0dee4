using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Receives webhooks: verifies the sender, stores the delivery, and only then answers with success.</summary>
internal sealed class WebhookEndpoint(
    ConfigurationSource configuration, InboxStore inbox, Dispatcher dispatcher, InFlight inFlight, RefusalCounter refusals,
    IOptions<HubOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int SecondsUntilEnabled = 300;
    private const int SecondsUntilStored = 30;

    public async Task HandleAsync(HttpContext context, string name, string? token)
    {
        if (!configuration.Current.Connections.TryGetValue(name, out var connection) || (connection.Enabled && connection.Source is null))
        {
            await WebhookAnswers.ProblemAsync(context, 404, "There is no such connection.");
            return;
        }
        if (connection.Source is not { } source)
        {
            await WebhookAnswers.ProblemAsync(context, 503, "The connection is switched off.", SecondsUntilEnabled);
            return;
        }
        if (await ReadBodyAsync(context) is not { } body) return;
        var request = Request(context, token, body);
        switch (source.Verify(request))
        {
            case Verification.Handshake handshake:
                await WebhookAnswers.ReplyAsync(context, handshake.Reply);
                break;
            case Verification.Rejected rejected:
                refusals.Count(name, rejected.Reason);
                await WebhookAnswers.ProblemAsync(context, 401, $"The sender could not be verified: {rejected.Reason}.");
                break;
            case Verification.Accepted when request.Method is "POST":
                await StoreAsync(context, name, source, request);
                break;
            default:
                context.Response.Headers.Allow = "POST";
                await WebhookAnswers.ProblemAsync(context, 405, "Deliveries come by POST.");
                break;
        }
    }

    private async Task StoreAsync(HttpContext context, string name, IWebhookSource source, WebhookRequest request)
    {
        var delivery = new NewDelivery(name, DeliveryKey(source, request), request.ReceivedAt, Kept(source, request), request.Body);
        var reserved = inFlight.TryReserve();
        try
        {
            // The vendor may hang up: what it was promised, or what it will send again, must not depend on that.
            switch (await inbox.AppendAsync(delivery, claimed: reserved, lifetime.ApplicationStopping))
            {
                case AppendOutcome.Accepted accepted:
                    if (reserved) dispatcher.Enqueue(new StoredDelivery(accepted.Id, name, delivery.ReceivedAt, delivery.Headers, delivery.Body));
                    reserved = false;
                    await WebhookAnswers.AcceptedAsync(context, accepted.Id);
                    break;
                case AppendOutcome.Duplicate:
                    await WebhookAnswers.DuplicateAsync(context);
                    break;
            }
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException or ObjectDisposedException)
        {
            await WebhookAnswers.ProblemAsync(context, 503, "The delivery could not be stored; send it again.", SecondsUntilStored);
        }
        finally
        {
            if (reserved) inFlight.GiveBack();
        }
    }

    private WebhookRequest Request(HttpContext context, string? token, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>(context.Request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (header, values) in context.Request.Headers) headers[header] = values.ToString();
        return new WebhookRequest
        {
            Method = context.Request.Method,
            PathToken = token,
            Query = context.Request.QueryString.HasValue ? context.Request.QueryString.Value[1..] : "",
            Url = options.Value.PublicUrl is { } address ? new Uri(address, context.Request.Path + context.Request.QueryString) : null,
            Headers = headers,
            Body = body,
            ReceivedAt = time.GetUtcNow(),
        };
    }

    /// <returns>The body, or null when it is too large or broken off; then the answer is given.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        var limit = options.Value.MaxBodyBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;
        if (context.Request.ContentLength > limit)
        {
            await WebhookAnswers.ProblemAsync(context, 413, $"The body is larger than {limit} bytes.");
            return null;
        }
        try
        {
            return await ReadToEndAsync(context.Request, context.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            await WebhookAnswers.ProblemAsync(context, exception.StatusCode, exception.StatusCode == 413 ? $"The body is larger than {limit} bytes." : "The request is malformed.");
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadToEndAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancellationToken);
            return exact;
        }
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    private static Dictionary<string, string> Kept(IWebhookSource source, WebhookRequest request)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in source.KeptHeaders.Append("Content-Type"))
        {
            if (request.Header(header) is { } value) kept[header] = value;
        }
        return kept;
    }

    // The vendor's id of the delivery, or the body itself where it has none; the first letter keeps the two apart.
    private static byte[] DeliveryKey(IWebhookSource source, WebhookRequest request)
    {
        var hash = source.DeliveryId(request) is { } id
            ? SHA256.HashData(Encoding.UTF8.GetBytes("i" + id))
            : SHA256.HashData([(byte)'b', .. request.Body.Span]);
        return hash[..16];
    }
}
