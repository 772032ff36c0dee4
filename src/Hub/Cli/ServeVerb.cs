using System.CommandLine;
using IntegrationHub.Hub.Api;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>serve</c>: runs the hub until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create(string[] hub)
    {
        var command = new Command("serve", "Runs the hub (this is what happens without a verb)");
        command.SetAction((_, cancellationToken) => RunAsync(hub, cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(string[] hub, CancellationToken cancellationToken)
    {
        await using var app = await Hosting.BuildAsync(hub);
        var key = app.Services.GetRequiredService<AdminKey>();
        await app.StartAsync(cancellationToken);
        Console.WriteLine($"IntegrationHub listens on {string.Join(", ", app.Urls)}.");
        Console.WriteLine(key.File is { } file ? $"The API key is in {file}." : "The API key is the configured Hub:AdminKey.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
