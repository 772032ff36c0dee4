using System.CommandLine;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>validate</c>: checks the settings and the connectors file; exit code 0 when the hub would start with them.</summary>
internal static class ValidateVerb
{
    public static Command Create(string[] hub)
    {
        var command = new Command("validate", "Checks the connectors file: all errors at once, with line and path");
        command.SetAction(_ => Run(hub));
        return command;
    }

    private static int Run(string[] hub)
    {
        var options = VerbOptions.Read(hub);
        var configuration = VerbOptions.Load(options);
        new ConnectorsSchema(ConnectorCatalog.BuiltIn).Write(Path.Combine(options.DataDirectory, ConnectorsSchema.FileName));
        var enabled = configuration.Connections.Values.Count(connection => connection.Enabled);
        Console.WriteLine($"{configuration.File} is valid: {configuration.Connections.Count} connections, {enabled} enabled.");
        return 0;
    }
}
