using System.CommandLine;
using System.Globalization;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>gaps</c>: what webhooks missed and reconciliation found, beside a running hub or without one.</summary>
internal static class GapsVerb
{
    private const int MaxDeliveries = 20;

    public static Command Create(string[] hub)
    {
        var connection = new Argument<string?>("connection") { Description = "A connection; all that can be reconciled when left out", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<string?>("--from") { Description = "Facts that occurred at or after this date or moment; seven days back when left out" };
        var to = new Option<string?>("--to") { Description = "Facts that occurred before it; up to now when left out" };
        var command = new Command("gaps", "Tells which facts webhooks missed and only reconciliation found") { connection, from, to };
        command.SetAction(result => Run(hub, result.GetValue(connection), Moment(from.Name, result.GetValue(from)), Moment(to.Name, result.GetValue(to))));
        return command;
    }

    private static int Run(string[] hub, string? wanted, DateTimeOffset? from, DateTimeOffset? to)
    {
        var options = VerbOptions.Read(hub);
        var configuration = VerbOptions.Load(options);
        if (wanted is not null && !configuration.Connections.ContainsKey(wanted)) throw new VerbException($"{configuration.File} has no connection '{wanted}'.");
        var connections = configuration.Connections.Values.Where(connection => wanted is null ? connection.History is not null : connection.Name == wanted)
            .Select(connection => connection.Name).Order(StringComparer.Ordinal).ToList();
        if (connections.Count == 0) throw new VerbException($"No connection in {configuration.File} holds a key to its tool's API, so that none is reconciled.");
        using var session = HubDatabase.Of(options).OpenReader();
        foreach (var connection in connections) Write(GapReader.Read(session, connection, from, to, TimeProvider.System.GetUtcNow()));
        return 0;
    }

    private static void Write(GapReport report)
    {
        Console.WriteLine($"{report.Connection}: {report.Text}");
        foreach (var span in report.Spans) Console.WriteLine($"  {span.Facts:N0} {span}");
        if (report.Kinds.Count > 0) Console.WriteLine($"  {string.Join(", ", report.Kinds.Select(kind => $"{kind.Count:N0} {kind.Kind}"))}");
        if (report.Deliveries.Count > 0) Console.WriteLine($"  deliveries {string.Join(", ", report.Deliveries.Take(MaxDeliveries))}{(report.Deliveries.Count > MaxDeliveries ? ", …" : "")}");
        if (report.Unread > 0) Console.WriteLine($"  {report.Unread:N0} deliveries of reconciliations are in quarantine: what they tell is not counted");
        Console.WriteLine(report.SettledUntil is { } settled
            ? string.Create(CultureInfo.InvariantCulture, $"  settled until {settled:yyyy-MM-dd HH:mm:ss} UTC")
            : "  not settled yet: no reconciliation has come to its end");
    }

    private static DateTimeOffset? Moment(string name, string? text) => MomentText.Read(name, text) switch
    {
        (_, { } problem) => throw new VerbException(problem),
        var (moment, _) => moment,
    };
}
