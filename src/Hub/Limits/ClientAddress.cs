using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Hub.Limits;

/// <summary>What limits count by: who calls, as far as the hub can know.</summary>
internal static class ClientAddress
{
    /// <summary>The IPv4 address, or the first half of an IPv6 address: the other half is the caller's own choice. Empty where there is no address, as on a Unix socket.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
