using System.Net.Sockets;

namespace IntegrationHub.Hub.Bus;

/// <summary>Holds a try to connect back until somebody listens at the broker's address.</summary>
/// <remarks>MassTransit pauses between tries ever longer, up to half a minute, and its pauses can't be set: a try that failed just before the broker came back would keep the hub from it for as long.</remarks>
internal static class BrokerPresence
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits until somebody listens, or the hub stops.</summary>
    public static async Task AwaitAsync(string host, int port, TimeProvider time, CancellationToken stopping)
    {
        try
        {
            while (!await ListensAsync(host, port, stopping)) await Task.Delay(LookInterval, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The try goes on, and fails: the bus knows by itself that it is stopping.
        }
    }

    private static async Task<bool> ListensAsync(string host, int port, CancellationToken stopping)
    {
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        try
        {
            await client.ConnectAsync(host, port, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}
