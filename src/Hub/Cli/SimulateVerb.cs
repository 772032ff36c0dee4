using System.CommandLine;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>simulate</c>: plays vendors against a running hub, with signed, realistic deliveries.</summary>
internal static class SimulateVerb
{
    private const string All = "all";

    public static Command Create(string[] hub)
    {
        var connector = new Argument<string>("connector") { Description = "A connector's key, or all: every enabled connection, with people in common" };
        var count = new Option<int>("--count") { Description = "Deliveries in all", DefaultValueFactory = _ => 1000 };
        var people = new Option<int>("--people") { Description = "People that they concern", DefaultValueFactory = _ => 250 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same deliveries", DefaultValueFactory = _ => 1 };
        var rate = new Option<double?>("--rate") { Description = "Deliveries a second; as fast as they are answered when left out" };
        var twice = new Option<bool>("--twice") { Description = "Sends every delivery twice" };
        var shuffle = new Option<bool>("--shuffle") { Description = "Sends in an order drawn from the seed instead of by time" };
        var retries = new Option<bool>("--retries") { Description = "Sends every tenth delivery again after a hundred others, as vendors do that had no answer" };
        var rotated = new Option<bool>("--rotated") { Description = "Signs the first half with the oldest secret of a list, as vendors do in the middle of a rotation" };
        var burst = new Option<int>("--burst") { Description = "Deliveries that are sent at once, before the rate allows the next", DefaultValueFactory = _ => 1 };
        var probe = new Option<bool>("--probe") { Description = "Begins with what the vendor sends when a webhook is set up" };
        var command = new Command("simulate", "Sends signed, realistic deliveries to a running hub, with the vendors' vices on request") { connector, count, people, seed, rate, twice, shuffle, retries, rotated, burst, probe };
        command.SetAction((result, cancellationToken) =>
        {
            var deliveries = Positive(count.Name, result.GetValue(count));
            var concerned = Positive(people.Name, result.GetValue(people));
            if (result.GetValue(rate) is <= 0) throw new VerbException("--rate must be above 0.");
            var options = VerbOptions.Read(hub);
            var plan = new SimulationPlan
            {
                Connections = Choose(VerbOptions.Load(options), result.GetRequiredValue(connector)),
                Count = deliveries,
                People = concerned,
                Seed = result.GetValue(seed),
                Twice = result.GetValue(twice),
                Shuffled = result.GetValue(shuffle),
                Retried = result.GetValue(retries),
                Rotated = result.GetValue(rotated),
                Burst = Positive(burst.Name, result.GetValue(burst)),
            };
            return RunAsync(options, plan, result.GetValue(rate), result.GetValue(probe), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(HubOptions options, SimulationPlan plan, double? rate, bool probes, CancellationToken cancellationToken)
    {
        await using var apis = await ServeAsync(plan, cancellationToken);
        using var sender = new WebhookSender(new Uri(options.Urls.Split(';')[0]), TimeProvider.System, options.PublicUrl);
        if (probes) await ProbeAsync(sender, plan, cancellationToken);
        var progress = new Progress("sent", plan.Sent);
        var report = await new SimulationRun(sender, TimeProvider.System).RunAsync(plan, rate, progress.Step, cancellationToken);
        progress.Finish();
        Console.WriteLine($"accepted {report.Accepted}, duplicate {report.Duplicates}, refused {report.Refused}, failed {report.Failed} in {report.Elapsed.TotalSeconds:F1} s ({report.Rate:F0}/s)");
        if (report.Warm.Count > 0) Console.WriteLine($"latency ms: {report.Warm} ({report.Warm.Count} deliveries after the first 3 s)");
        Console.WriteLine($"{(report.Warm.Count > 0 ? "first 3 s" : "latency")} ms: {report.Cold} ({report.Cold.Count} deliveries)");
        foreach (var (answer, times) in report.Refusals.OrderByDescending(refusal => refusal.Value)) Console.WriteLine($"{times} × {answer}");
        if (apis is not null) await WaitUntilQuietAsync(apis, cancellationToken);
        return report.Refused + report.Failed == 0 ? 0 : 1;
    }

    private static async Task ProbeAsync(WebhookSender sender, SimulationPlan plan, CancellationToken cancellationToken)
    {
        foreach (var connection in plan.Connections)
        {
            foreach (var probe in ConnectorCatalog.BuiltIn.Simulator(connection.Connector.Key)?.Probes ?? [])
            {
                var isAnswered = await sender.ProbeAsync(connection, probe, cancellationToken);
                Console.WriteLine($"{connection.Name}: {probe.Method} to set the webhook up was {(isAnswered ? "answered" : "NOT answered")}");
            }
        }
    }

    /// <summary>Plays the APIs of vendors that only hint at objects, at the addresses where the hub looks for them.</summary>
    private static async Task<SimulatedApis?> ServeAsync(SimulationPlan plan, CancellationToken cancellationToken)
    {
        var simulations = plan.Apis();
        if (simulations.Count == 0) return null;
        List<Uri> addresses = [];
        foreach (var connection in plan.Connections.Where(connection => simulations.ContainsKey(connection.Connector.Key)))
        {
            var address = (connection.Source as IVendorObjects)?.Api?.Address;
            if (address is not { IsLoopback: true } || address.AbsolutePath.Trim('/') != connection.Connector.Key)
                throw new VerbException($"The webhooks of '{connection.Name}' only hint at objects, which the hub asks the vendor for. To let the simulation answer, set its \"apiUrl\" to \"http://127.0.0.1:5099/{connection.Connector.Key}\".");
            addresses.Add(address);
        }
        return addresses.DistinctBy(address => address.Authority, StringComparer.Ordinal).ToList() is [var one]
            ? await SimulatedApis.StartAsync(one, simulations, TimeProvider.System, cancellationToken)
            : throw new VerbException("The connections have their \"apiUrl\" at different ports; the simulation serves them all at one.");
    }

    private static async Task WaitUntilQuietAsync(SimulatedApis apis, CancellationToken cancellationToken)
    {
        Console.WriteLine($"playing the vendors' APIs at {apis.Address} until nothing has been asked for 10 s");
        while (apis.Quiet < TimeSpan.FromSeconds(10)) await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
    }

    private static List<Connection> Choose(HubConfiguration configuration, string connector)
    {
        var keys = configuration.Catalog.All.Select(known => known.Key).ToList();
        if (connector != All && !keys.Contains(connector, StringComparer.Ordinal)) throw new VerbException($"There is no connector '{connector}'{SettingsBinder.Suggestion(connector, [.. keys, All])}");
        var enabled = configuration.Connections.Values
            .Where(connection => connection is { Source: not null, Connector.Simulator: not null } && (connector == All || connection.Connector.Key == connector))
            .OrderBy(connection => connection.Name, StringComparer.Ordinal).ToList();
        if (enabled.Count == 0 && configuration.Catalog.Find(connector) is { Simulator: null } unplayed) throw new VerbException($"{unplayed.Origin} has no \"simulate\": it does not say what deliveries look like.");
        if (enabled.Count == 0) throw new VerbException($"{configuration.File} has no enabled connection {(connector == All ? "at all" : $"for '{connector}'")}: the simulation signs with the connection's own secret. Enable one.");
        var chosen = enabled.Where(connection => connection.Source is { Authentication.CanSign: true }).ToList();
        if (chosen.Count == 0) throw new VerbException($"The connection '{enabled[0].Name}' holds a public key, with which nobody can sign. Simulate on a hub of its own, with the private test key of the connector's settings.sample.json.");
        foreach (var silent in enabled.Except(chosen)) Console.WriteLine($"left out {silent.Name}: it holds a public key, with which nobody can sign");
        return connector == All ? chosen : chosen[..1];
    }

    private static int Positive(string name, int value) => value >= 1 ? value : throw new VerbException($"{name} must be at least 1.");
}
