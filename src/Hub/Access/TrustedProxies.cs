using System.Net;
using IntegrationHub.Hub.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace IntegrationHub.Hub.Access;

/// <summary>The proxies whose word on the caller's address and scheme is taken. From anybody else <c>X-Forwarded-For</c> is a claim like any other.</summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app, HubOptions options)
    {
        if (options.TrustedProxies is null) return;
        // Of a chain of proxies, each has to be trusted: the last address that none of them wrote is the caller's.
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in Read(options.TrustedProxies) ?? []) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Addresses and networks separated by semicolons; null when one is neither.</summary>
    public static IReadOnlyList<System.Net.IPNetwork>? Read(string text)
    {
        List<System.Net.IPNetwork> networks = [];
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (System.Net.IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            else return null;
        }
        return networks.Count > 0 ? networks : null;
    }
}
