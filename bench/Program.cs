using System.CommandLine;
using IntegrationHub.Bench;
using IntegrationHub.Bench.Backlog;
using IntegrationHub.Bench.Baselines;
using IntegrationHub.Bench.Normalizing;
using IntegrationHub.Bench.Record;
using IntegrationHub.Bench.Throughput;

if (args is [BaselineProcess.Verb, .. var baseline]) return await BaselineProgram.RunAsync(BaselinePlan.Of(baseline));

IMeasurement[] measurements = [new LongHistoryMeasurement(), new MergeMeasurement(), new ContestedMeasurement(), new SizeMeasurement(), new NormalizeMeasurement(), new BacklogMeasurement(), new SqliteThroughputMeasurement(), new LatencyMeasurement(), new SizeThroughputMeasurement(), new PostgresThroughputMeasurement(), new StartMeasurement(), new RebuildMeasurement(), new SoakMeasurement()];

var names = new Argument<string[]>("measurement") { Description = "What to measure, by the beginning of the name; all without it", Arity = ArgumentArity.ZeroOrMore };
var directory = new Option<string?>("--directory") { Description = "Folder on the disk to measure; records that were grown there are kept and used again" };
var sizes = new Option<int[]>("--contacts")
{
    Description = "Sizes of the record, in contacts", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
};
var rounds = new Option<int>("--rounds") { Description = "How often each case is measured", DefaultValueFactory = _ => 9 };
var waiting = new Option<int>("--waiting") { Description = "Deliveries that wait where a backlog is measured", DefaultValueFactory = _ => 1_000_000 };
var drains = new Option<bool>("--drain") { Description = "Watch a backlog to its end" };
var deliveries = new Option<int>("--deliveries") { Description = "Deliveries of a burst", DefaultValueFactory = _ => 20_000 };
var connections = new Option<int>("--connections") { Description = "Connections that a burst comes over", DefaultValueFactory = _ => 64 };
var soak = new Option<int>("--soak") { Description = "Minutes for which a hub is kept busy while its memory is watched", DefaultValueFactory = _ => 0 };
var seed = new Option<int>("--seed") { Description = "What people and events are drawn from", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Measures the hub. Measurements:\n" + string.Join('\n', measurements.Select(measurement => $"  {measurement.Name,-20} {measurement.About}")))
{
    names, directory, sizes, rounds, waiting, drains, deliveries, connections, soak, seed,
};
command.SetAction((parsed, cancellationToken) =>
{
    var folder = parsed.GetValue(directory);
    var plan = new Plan
    {
        Directory = Path.GetFullPath(folder ?? Path.Combine(AppContext.BaseDirectory, "measured")),
        KeepsGrown = folder is not null,
        Contacts = [.. (parsed.GetValue(sizes) ?? []).Order()],
        AsksForContacts = parsed.GetResult(sizes) is { Implicit: false },
        Rounds = Math.Max(1, parsed.GetValue(rounds)),
        Waiting = Math.Max(0, parsed.GetValue(waiting)),
        Drains = parsed.GetValue(drains),
        Deliveries = Math.Max(1, parsed.GetValue(deliveries)),
        Connections = Math.Max(1, parsed.GetValue(connections)),
        Soak = TimeSpan.FromMinutes(Math.Max(0, parsed.GetValue(soak))),
        Seed = parsed.GetValue(seed),
    };
    return new Session(plan, measurements).RunAsync(parsed.GetValue(names) ?? [], cancellationToken);
});
return await command.Parse(args).InvokeAsync();
