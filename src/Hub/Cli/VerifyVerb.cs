using System.CommandLine;
using IntegrationHub.Hub.Rebuilding;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>verify</c>: proves that the live record is what its events, decisions and configuration say; exit code 0 when it is. Beside a running hub or without one.</summary>
internal static class VerifyVerb
{
    public static Command Create(string[] hub)
    {
        var options = new RebuildOptions();
        var command = new Command("verify", "Proves that the live record equals the rebuilt one, and names any contact that differs");
        options.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var plan = options.Plan(hub, result);
            return RebuildOptions.RunAsync(plan, (rebuild, cancellation) => RunAsync(rebuild, plan.Source, cancellation), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Rebuild rebuild, RebuildSource source, CancellationToken cancellationToken)
    {
        var findings = await rebuild.CompareAsync(cancellationToken);
        RebuildReport.Write(findings, source);
        if (findings.AreEqual) await rebuild.DiscardAsync();
        return findings.AreEqual ? 0 : 1;
    }
}
