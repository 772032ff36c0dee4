using System.CommandLine;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Cli;

/// <summary>What <c>rebuild</c> and <c>verify</c> have in common on the command line.</summary>
internal sealed class RebuildOptions
{
    private readonly Option<string> from = new("--from") { Description = "events: the stored events; inbox: the deliveries, read again with today's connectors", DefaultValueFactory = _ => "events" };
    private readonly Option<int> details = new("--details") { Description = "How many differences are told one by one", DefaultValueFactory = _ => 20 };
    private readonly Option<bool> showValues = new("--show-values") { Description = "Prints the old and new values of fields, which are personal data" };

    public void AddTo(Command command)
    {
        from.AcceptOnlyFromAmong("events", "inbox");
        command.Options.Add(from);
        command.Options.Add(details);
        command.Options.Add(showValues);
    }

    public RebuildPlan Plan(string[] hub, ParseResult result)
    {
        var options = VerbOptions.Read(hub);
        return new RebuildPlan
        {
            DataDirectory = Path.GetFullPath(options.DataDirectory),
            Live = HubDatabase.Of(options),
            Configuration = VerbOptions.Load(options),
            Source = result.GetValue(from) == "inbox" ? RebuildSource.Inbox : RebuildSource.Events,
            Details = result.GetValue(details) is var number and >= 0 ? number : throw new VerbException("--details must be 0 or more."),
            ShowValues = result.GetValue(showValues),
            Author = CommandUser.Name,
        };
    }

    /// <summary>Runs until the end or until it is told to stop; then the shadow stays, to go on with.</summary>
    public static async Task<int> RunAsync(RebuildPlan plan, Func<Rebuild, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(cancellationToken);
        try
        {
            await using var rebuild = new Rebuild(plan, TimeProvider.System, Console.Error.WriteLine, Count);
            return await run(rebuild, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            throw new VerbException("Stopped. The same command goes on from here.");
        }
    }

    private static RebuildCount Count(string done, long total)
    {
        var progress = new Progress(done, (int)Math.Min(total, int.MaxValue));
        return new RebuildCount(progress.Step, progress.Finish);
    }
}
