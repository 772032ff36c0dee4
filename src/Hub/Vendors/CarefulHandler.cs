using System.Threading.RateLimiting;
using IntegrationHub.Connectors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Calls a vendor by its connection's pipeline, so many calls at a time as the connection may make, and only where its API is.</summary>
internal sealed class CarefulHandler(ApiAccess access, ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    private const int MaxWaiting = 1000;

    private readonly ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions { PermitLimit = access.Parallel, QueueLimit = MaxWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <exception cref="VendorException">The vendor did not give what it was asked for.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequireHome(request.RequestUri);
        if (request.Headers.UserAgent.Count == 0) request.Headers.UserAgent.ParseAdd("IntegrationHub");
        if (request.Headers.Accept.Count == 0) request.Headers.Accept.ParseAdd("application/json");
        using var place = await places.AcquireAsync(1, cancellationToken);
        if (!place.IsAcquired) throw new VendorException(VendorFault.Throttled, $"{MaxWaiting} calls wait for the vendor already") { RetryAfter = TimeSpan.FromSeconds(30) };
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(VendorPipeline.IsRepeatable, request.Method.Method is "GET" or "HEAD" or "PUT" or "DELETE");
        try
        {
            return await pipeline.ExecuteAsync(static async (context, call) => await call.Handler.SendOnceAsync(call.Request, context.CancellationToken), context, (Handler: this, Request: request));
        }
        catch (TimeoutRejectedException)
        {
            throw new VendorException(VendorFault.Unavailable, $"the vendor did not answer within {access.Timeout.TotalSeconds} s");
        }
        catch (BrokenCircuitException exception)
        {
            throw new VendorException(VendorFault.Unavailable, "the vendor is down, and is left alone for a while") { RetryAfter = exception.RetryAfter ?? VendorPipeline.FirstBreak };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) places.Dispose();
        base.Dispose(disposing);
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);

    // An address out of a webhook or a page could lead the key to a stranger.
    private void RequireHome(Uri? target)
    {
        if (target is null || Uri.Compare(target, access.Address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new VendorException(VendorFault.Refused, "the call leads to another host than the vendor's API, and the key stays here");
    }
}
