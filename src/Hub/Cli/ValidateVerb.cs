using System.CommandLine;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>validate</c>: checks the settings, the connectors file and declarations; exit code 0 when the hub would start with them.</summary>
internal static class ValidateVerb
{
    public static Command Create(string[] hub)
    {
        var command = new Command("validate", "Checks the connectors file and connectors of your own: all errors at once, with line and path");
        command.SetAction(_ => Run(hub));
        return command;
    }

    private static int Run(string[] hub)
    {
        var options = VerbOptions.Read(hub);
        var configuration = VerbOptions.Load(options);
        EditorSchemas.Write(configuration, options.DataDirectory);
        var enabled = configuration.Connections.Values.Count(connection => connection.Enabled);
        foreach (var warning in configuration.Warnings) Console.Error.WriteLine($"warning: {warning}");
        Console.WriteLine($"{configuration.File} is valid: {configuration.Connections.Count} connections, {enabled} enabled{Declared(configuration)}.");
        return 0;
    }

    private static string Declared(HubConfiguration configuration) =>
        configuration.Declarations.Count == 0 ? "" : $"; connectors of your own: {string.Join(", ", configuration.Declarations.Values.Select(declaration => declaration.Key).Order(StringComparer.Ordinal))}";
}
