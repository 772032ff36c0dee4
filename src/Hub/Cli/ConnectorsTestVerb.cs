using System.CommandLine;
using System.Diagnostics;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>connectors test</c>: runs the conformance suite for one connector of a checkout of the sources.</summary>
internal static class ConnectorsTestVerb
{
    private const string Suite = "tests/Connectors.Tests";

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "A connector's key, or its folder in src/Connectors" };
        var command = new Command("test", "Runs the conformance suite for one connector; needs the sources and the .NET SDK") { name };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(name), cancellationToken));
        return command;
    }

    /// <returns>0 when tests ran and all of them passed.</returns>
    private static async Task<int> RunAsync(string name, CancellationToken cancellationToken)
    {
        var sources = Sources(Directory.GetCurrentDirectory()) ?? throw new VerbException($"There is no {Suite} here or above: the suite is a part of the sources. Run this in a checkout of them.");
        var folder = Folder(sources, name);
        var start = new ProcessStartInfo("dotnet", ["test", Suite, "--filter", $"DisplayName~{folder}|FullyQualifiedName~Connectors.Tests.{folder}.", "-v", "quiet", "-clp:NoSummary", "-tl:off", "--logger", "console;verbosity=minimal"])
        {
            WorkingDirectory = sources,
            UseShellExecute = false,
        };
        // What started this program must not speak to the build.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(variable);
        try
        {
            using var process = Process.Start(start) ?? throw new VerbException("dotnet did not start.");
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? 0 : 1;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new VerbException("dotnet was not found. The suite needs the .NET SDK: https://dotnet.microsoft.com/download");
        }
    }

    private static string? Sources(string? directory)
    {
        while (directory is not null && !Directory.Exists(Path.Combine(directory, Suite))) directory = Path.GetDirectoryName(directory);
        return directory;
    }

    private static string Folder(string sources, string name)
    {
        var folders = Directory.GetDirectories(Path.Combine(sources, "src", "Connectors"))
            .Where(path => File.Exists(Path.Combine(path, "settings.sample.json"))).Select(path => Path.GetFileName(path)).ToList();
        var wanted = name.Replace("-", "", StringComparison.Ordinal);
        return folders.FirstOrDefault(folder => string.Equals(folder, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new VerbException($"There is no folder for '{name}' in src/Connectors{SettingsBinder.Suggestion(name, folders)}");
    }
}
