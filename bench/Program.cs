using System.CommandLine;
using IntegrationHub.Bench;
using IntegrationHub.Bench.Backlog;
using IntegrationHub.Bench.Normalizing;
using IntegrationHub.Bench.Record;

IMeasurement[] measurements = [new LongHistoryMeasurement(), new MergeMeasurement(), new ContestedMeasurement(), new SizeMeasurement(), new NormalizeMeasurement(), new BacklogMeasurement()];

var names = new Argument<string[]>("measurement") { Description = "What to measure, by the beginning of the name; all without it", Arity = ArgumentArity.ZeroOrMore };
var directory = new Option<string?>("--directory") { Description = "Folder on the disk to measure; records that were grown there are kept and used again" };
var sizes = new Option<int[]>("--contacts")
{
    Description = "Sizes of the record, in contacts", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
};
var rounds = new Option<int>("--rounds") { Description = "How often each case is measured", DefaultValueFactory = _ => 9 };
var waiting = new Option<int>("--waiting") { Description = "Deliveries that wait where a backlog is measured", DefaultValueFactory = _ => 1_000_000 };
var drains = new Option<bool>("--drain") { Description = "Watch a backlog to its end" };
var seed = new Option<int>("--seed") { Description = "What people and events are drawn from", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Measures the hub. Measurements:\n" + string.Join('\n', measurements.Select(measurement => $"  {measurement.Name,-16} {measurement.About}")))
{
    names, directory, sizes, rounds, waiting, drains, seed,
};
command.SetAction((parsed, cancellationToken) =>
{
    var folder = parsed.GetValue(directory);
    var plan = new Plan
    {
        Directory = Path.GetFullPath(folder ?? Path.Combine(AppContext.BaseDirectory, "measured")),
        KeepsGrown = folder is not null,
        Contacts = [.. (parsed.GetValue(sizes) ?? []).Order()],
        Rounds = Math.Max(1, parsed.GetValue(rounds)),
        Waiting = Math.Max(0, parsed.GetValue(waiting)),
        Drains = parsed.GetValue(drains),
        Seed = parsed.GetValue(seed),
    };
    return new Session(plan, measurements).RunAsync(parsed.GetValue(names) ?? [], cancellationToken);
});
return await command.Parse(args).InvokeAsync();
