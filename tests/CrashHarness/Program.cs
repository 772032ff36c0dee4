using System.CommandLine;
using IntegrationHub.CrashHarness;

var engine = new Option<string>("--engine") { Description = "sqlite (one hub process) or postgres (PostgreSQL and RabbitMQ, two hub processes)", DefaultValueFactory = _ => "sqlite" };
engine.AcceptOnlyFromAmong("sqlite", "postgres");
var kills = new Option<int>("--kills") { Description = "How often a hub process is killed", DefaultValueFactory = _ => 25 };
var seed = new Option<int>("--seed") { Description = "The same seed sends the same deliveries and draws the same fates", DefaultValueFactory = _ => 7 };
var checks = new Option<int>("--check-every") { Description = "Kills after which everything is checked", DefaultValueFactory = _ => 50 };
var faults = new Option<string[]>("--faults")
{
    Description = "What else goes wrong: disk (sqlite), database, broker (postgres). All of the engine when left out, none with none",
    AllowMultipleArgumentsPerToken = true,
};
faults.AcceptOnlyFromAmong("disk", "database", "broker", "none");
var outage = new Option<double>("--outage") { Description = "Seconds that database and broker stay away", DefaultValueFactory = _ => 1 };
var recovery = new Option<double>("--recovery") { Description = "Seconds within which the hubs have to recover; more than the promised 30 where the machine has other work to do", DefaultValueFactory = _ => 30 };
var command = new RootCommand("Kills hub processes under load, takes away what they stand on, and proves that nothing acknowledged is lost and nothing counts twice. Exit code 1 when it is not so.") { engine, kills, seed, checks, faults, outage, recovery };
command.SetAction(async (result, cancellationToken) =>
{
    var options = new HarnessOptions
    {
        Engine = result.GetRequiredValue(engine),
        Kills = result.GetValue(kills),
        Seed = result.GetValue(seed),
        CheckEvery = Math.Max(1, result.GetValue(checks)),
        Outage = TimeSpan.FromSeconds(result.GetValue(outage)),
        Recovery = TimeSpan.FromSeconds(result.GetValue(recovery)),
        Faults = result.GetValue(faults) is { Length: > 0 } chosen ? chosen : ["disk", "database", "broker"],
    };
    return await Harness.RunAsync(options, Console.Out, cancellationToken) ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
