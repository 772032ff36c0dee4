using System.Net;
using System.Net.NetworkInformation;

namespace IntegrationHub.Servers;

/// <summary>Ports for servers that stop and start again on the same one.</summary>
public static class FreePorts
{
    // Below 32768, where Linux takes the ports of outgoing connections from: none of them can sit on the port of a server
    // that is stopped, and a client that tries to reach it there can't connect to itself.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port on which nobody listens, and that was not given before.</summary>
    public static int Take()
    {
        lock (Given)
        {
            for (; ; )
            {
                var port = Random.Shared.Next(First, Last);
                if (!Given.Contains(port) && !IsTaken(port) && Given.Add(port)) return port;
            }
        }
    }

    private static bool IsTaken(int port) =>
        Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), (IPEndPoint listener) => listener.Port == port);
}
