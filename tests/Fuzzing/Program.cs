using System.CommandLine;
using IntegrationHub.Fuzzing;

var target = new Option<string>("--target") { Description = "connectors, configuration, declarations, api, or all", DefaultValueFactory = _ => "all" };
var only = new Option<string?>("--only") { Description = "Only targets whose name contains this" };
var minutes = new Option<double>("--minutes") { Description = "How long", DefaultValueFactory = _ => 5 };
var seed = new Option<int>("--seed") { Description = "Decides all that chance decides", DefaultValueFactory = _ => 1 };
var keep = new Option<DirectoryInfo?>("--keep") { Description = "Where inputs that show a fault are written; the corpus unless it is given" };
var command = new RootCommand("Tries the hub on what nobody should send.") { target, only, minutes, seed, keep };
command.SetAction(parsed => new FuzzingRun(parsed.GetValue(target)!, parsed.GetValue(only), parsed.GetValue(seed), parsed.GetValue(keep)?.FullName is { } folder ? new Corpus(folder) : Corpus.Kept).RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes))));
return await command.Parse(args).InvokeAsync();
