using System.CommandLine;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>export</c>: all contacts as JSON Lines on standard output, beside a running hub or without one.</summary>
internal static class ExportVerb
{
    public static Command Create(string[] hub)
    {
        var canonical = new Option<bool>("--canonical") { Description = "Sorted, without ids and versions: two hubs that were told the same print the same bytes" };
        var command = new Command("export", "Prints all contacts as JSON Lines, one contact a line") { canonical };
        command.SetAction(result => Run(hub, result.GetValue(canonical)));
        return command;
    }

    private static int Run(string[] hub, bool canonical)
    {
        var options = VerbOptions.Read(hub);
        var identity = VerbOptions.Load(options).Identity;
        using var session = HubDatabase.Of(options).OpenReader();
        using var output = Console.OpenStandardOutput();
        ContactExport.Write(session, new ContactJson(new Survivorship(identity, DecisionBook.Read(session))), canonical, output);
        return 0;
    }
}
