using System.Diagnostics;
using System.Net.Sockets;

namespace IntegrationHub.Servers;

/// <summary>
/// A RabbitMQ server that a test owns: in a temporary folder, on free ports of this machine alone, with a port mapper of its own,
/// gone when it is disposed. Its user is <c>guest</c>.
/// </summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly ServerFolder? folder;
    private readonly RabbitManagement management;
    private readonly HashSet<string> virtualHosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    private Process? process;

    private RabbitServer(Uri broker, Uri managementAddress)
    {
        Uri = broker;
        ManagementUri = managementAddress;
        management = new RabbitManagement(managementAddress, broker);
    }

    private RabbitServer(ServerFolder folder, int port, int managementPort)
        : this(new Uri($"amqp://guest:guest@127.0.0.1:{port}"), new Uri($"http://127.0.0.1:{managementPort}")) => this.folder = folder;

    /// <summary>The address of its default virtual host, with user and password.</summary>
    public Uri Uri { get; }

    /// <summary>The address of its management, for the same user.</summary>
    public Uri ManagementUri { get; }

    /// <summary>The id of its process, which has children.</summary>
    /// <exception cref="InvalidOperationException">It does not run, or was running before the tests.</exception>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("This RabbitMQ server has no process of its own here.");

    private ServerFolder Folder => folder ?? throw new InvalidOperationException("This RabbitMQ server was running before the tests, and is not theirs to stop or start.");

    private string Memory => Path.Combine(Folder.Path, "mnesia");

    /// <summary>Makes a server and starts it; a few seconds.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or does not start. The message says what to do.</exception>
    public static async Task<RabbitServer> StartAsync()
    {
        if (!File.Exists(Program)) throw new InvalidOperationException($"{Program} was not found. Run tests/Servers/install, or set HUB_TEST_RABBITMQ and HUB_TEST_RABBITMQ_MANAGEMENT to the addresses of a server.");
        var (port, managementPort, mapperPort) = (FreePorts.Take(), FreePorts.Take(), FreePorts.Take());
        var server = new RabbitServer(new ServerFolder("hub-rabbit-", "KILL"), port, managementPort);
        try
        {
            RabbitFolder.Fill(server.Folder.Path, port, managementPort, Path.GetDirectoryName(Program)!);
            RabbitFolder.Describe(server.environment, server.Folder.Path, port, mapperPort);
            // The port mapper that RabbitMQ would start by itself outlives it.
            server.Folder.Start("epmd.log", server.environment, "epmd", "-port", mapperPort.ToString(), "-address", "127.0.0.1");
            await server.StartAgainAsync(empty: false);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that runs already. It can't be stopped from here.</summary>
    public static RabbitServer Existing(Uri broker, Uri management) => new(broker, management);

    /// <summary>The address of a virtual host, with user and password.</summary>
    public Uri AddressOf(string virtualHost) => new(Uri, "/" + Uri.EscapeDataString(virtualHost));

    /// <summary>Makes an empty virtual host, and gives its address.</summary>
    public async Task<Uri> CreateVirtualHostAsync(string name)
    {
        await management.CreateVirtualHostAsync(name);
        virtualHosts.Add(name);
        return AddressOf(name);
    }

    /// <summary>Removes a virtual host with all that is in it, and ends the connections to it.</summary>
    public Task DeleteVirtualHostAsync(string name)
    {
        virtualHosts.Remove(name);
        return management.DeleteVirtualHostAsync(name);
    }

    /// <summary>The queues of a virtual host.</summary>
    public Task<IReadOnlyList<RabbitQueue>> QueuesAsync(string virtualHost) => management.QueuesAsync(virtualHost);

    /// <summary>Ends the connections of all. They may connect again at once.</summary>
    public Task CutConnectionsAsync() => management.CutConnectionsAsync();

    /// <summary>Stops the server, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (process is not { } running) return;
        process = null;
        await Folder.StopAsync(running, "TERM");
    }

    /// <summary>Starts it on the same ports, and waits until it lets connections in.</summary>
    /// <param name="empty">Whether it has lost all that it held. The virtual hosts that were made here are made again then, with nothing in them.</param>
    public async Task StartAgainAsync(bool empty)
    {
        if (empty && Directory.Exists(Memory)) Directory.Delete(Memory, recursive: true);
        process = Folder.Start(ServerFolder.ServerLog, environment, Program);
        await Folder.WaitAsync(process, AnswersAsync, "RabbitMQ");
        if (!empty) return;
        foreach (var name in virtualHosts) await management.CreateVirtualHostAsync(name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        management.Dispose();
        if (folder is not null) await folder.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        if (!await management.AnswersAsync()) return false;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Uri.Host, Uri.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
