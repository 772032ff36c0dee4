using System.Net;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Vendors;

/// <summary>How the hub connects to vendors: straight, and never on to where an answer points, for the key would go along.</summary>
internal static class VendorSockets
{
    public static SocketsHttpHandler Create(int connections) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = connections,
        // An address that moves is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Traces of the hub are no business of the vendor's.
        ActivityHeadersPropagator = new ClosedPropagator(),
    };
}
