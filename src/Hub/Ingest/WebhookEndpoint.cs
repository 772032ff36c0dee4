using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Receives webhooks: verifies the sender, stores the delivery, and only then answers with success.</summary>
internal sealed class WebhookEndpoint(
    ConfigurationSource configuration, Intake intake, RefusalCounter refusals, SenderChecks senders, BodyBudget bodies, Signals signals, IOptions<HubOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int SecondsUntilEnabled = 300;
    private const int SecondsUntilStored = 30;
    private const int SecondsUntilRoom = 5;
    private const int SecondsUntilCounted = 60;

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
        using var reader = new BodyReader(context, bodies, options, time);
        if (await ReadBodyAsync(context, reader, source, token) is not { } body) return;
        var request = Request(context, token, body);
        await AnswerAsync(context, new Candidate(name, source), request, await senders.VerifyAsync(context, name, () => source.Verify(request), verification => verification));
    }

    /// <summary>A request to a path that connectors serve besides their webhook address. The first connection that accepts the sender takes it.</summary>
    public async Task HandleRoutedAsync(HttpContext context, string root)
    {
        var candidates = configuration.Current.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)
            .Where(connection => connection.Source is IRoutedSource routed && routed.Roots.Contains(root, StringComparer.Ordinal))
            .Select(connection => new Candidate(connection.Name, connection.Source!)).ToList();
        if (candidates.Count == 0)
        {
            await WebhookAnswers.ProblemAsync(context, 404, "There is nothing here.");
            return;
        }
        using var reader = new BodyReader(context, bodies, options, time);
        if (await ReadBodyAsync(context, reader, candidates[0].Source, null) is not { } body) return;
        var request = Request(context, null, body) with { Path = context.Request.Path.Value };
        var (chosen, verification) = await senders.VerifyAsync(context, "/" + root, () => VerifyBy(candidates, request), tried => tried.Verification);
        await AnswerAsync(context, chosen, request, verification);
    }

    private static (Candidate Candidate, Verification Verification) VerifyBy(List<Candidate> candidates, WebhookRequest request)
    {
        var verified = candidates.Select(candidate => (Candidate: candidate, Verification: candidate.Source.Verify(request))).ToList();
        return verified.Find(tried => tried.Verification is not Verification.Rejected) is { Candidate: not null } accepted ? accepted : verified[0];
    }

    private async Task AnswerAsync(HttpContext context, Candidate chosen, WebhookRequest request, Verification verification)
    {
        using var span = signals.Accept(chosen.Connection);
        WebhookAnswers.SetHeaders(context, chosen.Source.AnswerHeaders(request));
        switch (verification)
        {
            case Verification.Handshake handshake:
                await WebhookAnswers.ReplyAsync(context, handshake.Reply);
                break;
            case Verification.Rejected rejected:
                refusals.Count(chosen.Connection, rejected.Reason);
                await AnswerAsync(context, chosen.Source, WebhookOutcome.Rejected, request, () => WebhookAnswers.ProblemAsync(context, 401, $"The sender could not be verified: {rejected.Reason}."));
                break;
            case Verification.Accepted when chosen.Source.RequestsPerMinute(request) is { } rate && !senders.TryCount(context, chosen.Connection, rate):
                await WebhookAnswers.ProblemAsync(context, 429, "Too many requests came from this address.", SecondsUntilCounted);
                break;
            case Verification.Accepted when chosen.Source.Methods.Contains(request.Method, StringComparer.Ordinal):
                await StoreAsync(context, chosen, request);
                break;
            default:
                context.Response.Headers.Allow = string.Join(", ", chosen.Source.Methods);
                await WebhookAnswers.ProblemAsync(context, 405, $"Deliveries come by {string.Join(" or ", chosen.Source.Methods)}.");
                break;
        }
    }

    // What is not stored must never look as if it were.
    private static Task AnswerAsync(HttpContext context, IWebhookSource source, WebhookOutcome outcome, WebhookRequest request, Func<Task> usual) =>
        source.Answer(outcome, request) is { } reply && (outcome is WebhookOutcome.Accepted or WebhookOutcome.Duplicate || reply.StatusCode >= 300)
            ? WebhookAnswers.ReplyAsync(context, reply)
            : usual();

    private async Task StoreAsync(HttpContext context, Candidate chosen, WebhookRequest request)
    {
        var (name, source) = chosen;
        var delivery = new NewDelivery(name, DeliveryKey(source, request), request.ReceivedAt, WebhookDelivery.Kept(source, request), source.Authentication.WithoutProof(request.Body)) { Signed = NonceOf(name, source, request), Trace = Signals.Here };
        try
        {
            // The vendor may hang up: what it was promised, or what it will send again, must not depend on that.
            switch (await intake.TakeAsync(delivery, lifetime.ApplicationStopping))
            {
                case AppendOutcome.Accepted accepted:
                    signals.Accepted(name, accepted.Id);
                    context.Response.Headers[WebhookAnswers.StatusHeader] = WebhookAnswers.Accepted;
                    await AnswerAsync(context, source, WebhookOutcome.Accepted, request, () => WebhookAnswers.AcceptedAsync(context, accepted.Id));
                    break;
                case AppendOutcome.Duplicate:
                    signals.Duplicate(name);
                    context.Response.Headers[WebhookAnswers.StatusHeader] = WebhookAnswers.Duplicate;
                    await AnswerAsync(context, source, WebhookOutcome.Duplicate, request, () => WebhookAnswers.DuplicateAsync(context));
                    break;
            }
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException or ObjectDisposedException)
        {
            signals.NotStored(name);
            context.Response.Headers.RetryAfter = SecondsUntilStored.ToString(CultureInfo.InvariantCulture);
            await AnswerAsync(context, source, WebhookOutcome.NotStored, request, () => WebhookAnswers.ProblemAsync(context, 503, "The delivery could not be stored; send it again."));
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
            Url = PublicAddress.Of(options.Value.PublicUrl, context),
            Headers = headers,
            Body = body,
            ReceivedAt = time.GetUtcNow(),
        };
    }

    /// <returns>The body, or null when it can't be had; then the answer is given.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context, BodyReader reader, IWebhookSource source, string? token)
    {
        // What is packed would be verified, stored and read as it is not meant: only a connector that unpacks bodies gets them.
        if (!source.ReadsPackedBodies && context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            await WebhookAnswers.ProblemAsync(context, 415, "The body is packed (Content-Encoding), which this tool never does.");
            return null;
        }
        switch (await reader.ReadAsync())
        {
            case BodyRead.Whole whole:
                return whole.Body;
            case BodyRead.TooLarge:
                var request = Request(context, token, default);
                WebhookAnswers.SetHeaders(context, source.AnswerHeaders(request));
                await AnswerAsync(context, source, WebhookOutcome.TooLarge, request, () => WebhookAnswers.ProblemAsync(context, 413, $"The body is larger than {options.Value.MaxBodyBytes} bytes."));
                return null;
            case BodyRead.TooSlow:
                context.Response.Headers.Connection = "close";
                await WebhookAnswers.ProblemAsync(context, 408, $"The body did not come to its end in {BodyReader.Patience.TotalSeconds} seconds.");
                return null;
            case BodyRead.NoRoom:
                await WebhookAnswers.ProblemAsync(context, 503, "The hub is reading as many bodies as it has room for; send it again.", SecondsUntilRoom);
                return null;
            case BodyRead.Malformed malformed:
                await WebhookAnswers.ProblemAsync(context, malformed.Status, "The request is malformed.");
                return null;
            default:
                throw new UnreachableException();
        }
    }

    // The vendor's id of the delivery, or the body itself where it has none, with the arrival where even that is not its own; the first letter keeps them apart.
    private static Guid DeliveryKey(IWebhookSource source, WebhookRequest request) => (source.DeliveryId(request), source.RepeatsBodies) switch
    {
        ({ } id, _) => HashOf(Encoding.UTF8.GetBytes("i" + id), default),
        (null, false) => HashOf("b"u8, request.Body.Span),
        (null, true) => HashOf([(byte)'t', .. BitConverter.GetBytes(request.ReceivedAt.UtcTicks)], request.Body.Span),
    };

    // An id that stands without the headers stands in the body, which is signed; another one could be put in its place.
    private static (Nonce, DateTimeOffset ExpiresAt)? NonceOf(string connection, IWebhookSource source, WebhookRequest request)
    {
        if (source.Authentication.ReplayMemory is not { } memory || source.ReplayName(request) is not { } name || source.DeliveryId(request) is not { } id) return null;
        if (source.DeliveryId(request with { Headers = ReadOnlyDictionary<string, string>.Empty }) == id) return null;
        return (new Nonce(connection, HashOf(Encoding.UTF8.GetBytes($"{name}\n"), request.Body.Span)), request.ReceivedAt + memory);
    }

    private static Guid HashOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(name);
        hash.AppendData(body);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    private sealed record Candidate(string Connection, IWebhookSource Source);
}
