using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The vendors' APIs, one for each connection.</summary>
internal sealed class VendorApis(TimeProvider time)
{
    /// <summary>The API of a connection whose settings hold a key to it.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public VendorApi Of(Connection connection)
    {
        var access = (connection.Source as IVendorObjects)?.Api ?? throw new InvalidOperationException($"Connection '{connection.Name}' has no key to an API.");
        return VendorApi.Over(access, new VendorHandler(access, time) { InnerHandler = new SocketsHttpHandler() });
    }
}
