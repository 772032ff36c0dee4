using System.CommandLine;
using IntegrationHub.Connectors;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>connectors</c>: the connectors that this hub has.</summary>
internal static class ConnectorsVerb
{
    public static Command Create(string[] hub)
    {
        var command = new Command("connectors", "Lists the connectors that this hub has, and their settings") { ConnectorsExplainVerb.Create(hub) };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new Table().AddColumns("Key", "Tool", "Kind", "Settings (required ones first)");
        foreach (var connector in ConnectorCatalog.BuiltIn.All)
        {
            var settings = SettingsBinder.Properties(connector.SettingsType).OrderByDescending(SettingsBinder.IsRequired)
                .Select(setting => SettingsBinder.IsRequired(setting) ? SettingsBinder.NameOf(setting) : $"[{SettingsBinder.NameOf(setting)}]");
            table.AddRow(new Text(connector.Key), new Text(connector.Name), new Text(connector.Category.ToString()), new Text(string.Join(" ", settings)));
        }
        AnsiConsole.Write(table);
        return 0;
    }
}
