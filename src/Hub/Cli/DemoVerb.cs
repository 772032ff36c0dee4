using System.CommandLine;
using IntegrationHub.Hub.Demo;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>demo</c>: the whole way once, on a temporary hub with simulated tools.</summary>
internal static class DemoVerb
{
    public static Command Create(string[] hub)
    {
        var stay = new Option<bool>("--stay") { Description = "Leaves the hub running for a look at its API" };
        var command = new Command("demo", "Shows the whole way once: simulated tools, signed webhooks, one merged record") { stay };
        command.SetAction((result, cancellationToken) =>
        {
            if (hub.Length > 0) throw new VerbException("The demo brings its own settings; leave out --Hub:….");
            return RunAsync(result.GetValue(stay), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(bool stay, CancellationToken cancellationToken)
    {
        await using var demo = await DemoHub.StartAsync(cancellationToken);
        var story = new DemoStory(demo);
        var succeeded = await story.TellAsync(cancellationToken);
        if (!stay) return succeeded ? 0 : 1;
        Console.WriteLine();
        Console.WriteLine($"The hub stays at {demo.Address} until Ctrl+C. Try:");
        Console.WriteLine($"  curl -H \"Authorization: Bearer {demo.Key}\" {demo.Address}api/contacts");
        await demo.WaitForShutdownAsync(cancellationToken);
        return succeeded ? 0 : 1;
    }
}
