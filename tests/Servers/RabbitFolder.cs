namespace IntegrationHub.Servers;

/// <summary>What lies in the folder of a RabbitMQ server, and what it is told by its environment.</summary>
internal static class RabbitFolder
{
    private static readonly string[] Plugins = ["rabbitmq_management", "rabbitmq_management_agent", "rabbitmq_prelaunch", "rabbitmq_web_dispatch"];

    public static void Fill(string folder, int port, int managementPort, string programs)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        var cookie = Path.Combine(home, ".erlang.cookie");
        File.WriteAllText(cookie, "IntegrationHub");
        File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        File.WriteAllText(Path.Combine(folder, "environment.conf"), "");
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].");
        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"), Settings(port, managementPort));
        LinkPlugins(Directory.CreateDirectory(Path.Combine(folder, "plugins")).FullName, programs);
    }

    public static void Describe(Dictionary<string, string> environment, string folder, int port, int mapperPort)
    {
        string In(string name) => Path.Combine(folder, name);
        environment["HOME"] = In("home");
        environment["ERL_EPMD_PORT"] = mapperPort.ToString();
        environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        environment["RABBITMQ_NODENAME"] = $"hub{port}@localhost";
        environment["RABBITMQ_DIST_PORT"] = FreePorts.Take().ToString();
        environment["RABBITMQ_MNESIA_BASE"] = In("mnesia");
        environment["RABBITMQ_LOG_BASE"] = folder;
        environment["RABBITMQ_CONF_ENV_FILE"] = In("environment.conf");
        environment["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf");
        environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins");
        environment["RABBITMQ_PLUGINS_DIR"] = In("plugins");
        environment["RABBITMQ_PID_FILE"] = In("pid");
        // In place of the script, so that its process is the server's and a signal reaches it; and without a shell that reads input.
        environment["RABBITMQ_ALLOW_INPUT"] = "1";
        environment["RABBITMQ_SERVER_START_ARGS"] = "-noinput";
        // Schedulers that wait without spinning: the processor is for the tests.
        environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none";
    }

    private static string Settings(int port, int managementPort) => $"""
        listeners.tcp.1 = 127.0.0.1:{port}
        management.tcp.ip = 127.0.0.1
        management.tcp.port = {managementPort}
        collect_statistics_interval = 1000
        disk_free_limit.absolute = 50MB
        log.file = false
        log.console = true

        """;

    // RabbitMQ reads every plugin that it finds, enabled or not. Without those that nobody needs here it starts in half the time.
    private static void LinkPlugins(string into, string programs)
    {
        var library = Path.GetDirectoryName(programs)!;
        foreach (var plugin in Directory.GetDirectories(Path.Combine(library, "lib")).SelectMany(server => Directory.GetFileSystemEntries(Path.Combine(server, "plugins"))))
        {
            var name = Path.GetFileName(plugin);
            if (!name.StartsWith("rabbitmq_", StringComparison.Ordinal) || Plugins.Contains(name.Split('-')[0])) File.CreateSymbolicLink(Path.Combine(into, name), plugin);
        }
    }
}
