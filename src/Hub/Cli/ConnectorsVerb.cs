using System.CommandLine;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>connectors</c>: the connectors that this hub has.</summary>
internal static class ConnectorsVerb
{
    public static Command Create(string[] hub)
    {
        var command = new Command("connectors", "Lists the connectors that this hub has, and their settings") { ConnectorsExplainVerb.Create(hub), ConnectorsTestVerb.Create() };
        command.SetAction(_ => Run(hub));
        return command;
    }

    private static int Run(string[] hub)
    {
        var table = new Table().AddColumns("Key", "Tool", "Kind", "Settings (required ones first)");
        foreach (var connector in VerbOptions.Catalog(VerbOptions.Read(hub)).All)
        {
            var settings = connector.Settings.OrderByDescending(setting => setting.IsRequired).Select(setting => setting.IsRequired ? setting.Name : $"[{setting.Name}]");
            table.AddRow(new Text(connector.Key), new Text(connector.Name), new Text(connector.Category.ToString()), new Text(string.Join(" ", settings)));
        }
        AnsiConsole.Write(table);
        return 0;
    }
}
