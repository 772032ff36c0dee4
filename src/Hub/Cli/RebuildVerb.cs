using System.CommandLine;
using IntegrationHub.Hub.Rebuilding;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>rebuild</c>: works the record out afresh, shows what would change, and changes it with <c>--apply</c>. Beside a running hub or without one.</summary>
internal static class RebuildVerb
{
    // What comes in while it is applied is part of the next comparison.
    private const int MaxRounds = 3;

    public static Command Create(string[] hub)
    {
        var options = new RebuildOptions();
        var apply = new Option<bool>("--apply") { Description = "Makes the live record equal; without it nothing is changed" };
        var command = new Command("rebuild", "Works the record out afresh in a shadow and shows what would change; changes it with --apply") { apply };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var plan = options.Plan(hub, result);
            return RebuildOptions.RunAsync(plan, (rebuild, cancellation) => RunAsync(rebuild, plan.Source, result.GetValue(apply), cancellation), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Rebuild rebuild, RebuildSource source, bool apply, CancellationToken cancellationToken)
    {
        var findings = await rebuild.CompareAsync(cancellationToken);
        RebuildReport.Write(findings, source);
        for (var round = 0; apply && round < MaxRounds && !findings.AreEqual; round++)
        {
            await rebuild.ApplyAsync(findings, cancellationToken);
            findings = await rebuild.CompareAsync(cancellationToken);
            Console.WriteLine();
            Console.WriteLine("Applied.");
            RebuildReport.Write(findings, source);
        }
        if (findings.AreEqual) await rebuild.DiscardAsync();
        else if (!apply) Console.WriteLine("Nothing was changed. The same command with --apply makes the live record equal.");
        return findings.AreEqual || !apply ? 0 : 1;
    }
}
