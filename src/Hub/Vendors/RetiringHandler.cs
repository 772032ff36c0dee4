using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The outermost handler of a connection. When the connection is gone or configured anew, calls under way end, no new one begins, and then all that is behind it is disposed.</summary>
internal sealed class RetiringHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly Lock access = new();
    private int calls;
    private bool retired;

    public void Retire()
    {
        bool idle;
        lock (access)
        {
            retired = true;
            idle = calls == 0;
        }
        if (idle) Dispose();
    }

    /// <exception cref="VendorException">The connection is gone or configured anew.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        lock (access)
        {
            if (retired) throw new VendorException(VendorFault.Unavailable, "the connection was configured anew in the middle of it") { RetryAfter = TimeSpan.Zero };
            calls++;
        }
    }

    private void Leave()
    {
        bool last;
        lock (access) last = --calls == 0 && retired;
        if (last) Dispose();
    }
}
