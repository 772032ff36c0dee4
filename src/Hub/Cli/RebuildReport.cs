using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Rebuilding;
using Spectre.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary>Prints what a comparison of the live record with the rebuilt one found.</summary>
internal static class RebuildReport
{
    public static void Write(RebuildFindings findings, RebuildSource source)
    {
        if (findings.AreEqual)
        {
            Console.WriteLine($"live = rebuilt: {findings.Contacts:N0} contacts out of {findings.Events:N0} events.");
            return;
        }
        Console.WriteLine($"The live record ({findings.Contacts:N0} contacts out of {findings.Events:N0} events) is not what {(source is RebuildSource.Events ? "its events" : "the inbox")}, decisions and configuration say.");
        var table = new Table().AddColumn("What would change").AddColumn("How many", column => column.RightAligned());
        foreach (var (what, count) in Rows(findings).Where(row => row.Count > 0)) table.AddRow(new Text(what), new Text(count.ToString("N0")));
        AnsiConsole.Write(table);
        foreach (var line in findings.Details) Console.WriteLine(line);
        if (findings.Differences.Count > findings.Details.Count) Console.WriteLine($"… and {findings.Differences.Count - findings.Details.Count:N0} more; --details N shows more of them.");
    }

    private static IEnumerable<(string What, int Count)> Rows(RebuildFindings findings)
    {
        yield return ("contacts that change", findings.Count(DifferenceKind.Changed));
        yield return ("contacts that become one with others", findings.Differences.Where(difference => difference.Kind is DifferenceKind.Joined).Sum(difference => difference.Live.Count));
        yield return ("contacts that come apart", findings.Count(DifferenceKind.Split));
        yield return ("contacts that are put together differently", findings.Differences.Where(difference => difference.Kind is DifferenceKind.Regrouped).Sum(difference => difference.Live.Count));
        yield return ("new contacts", findings.Differences.Where(difference => difference.Kind is DifferenceKind.New).Sum(difference => difference.Shadow.Count));
        yield return ("contacts that are gone", findings.Count(DifferenceKind.Gone));
        yield return ("differences beside the contacts", findings.Count(DifferenceKind.NoContact));
        yield return ("new events", findings.NewEvents);
        yield return ("events that say something else", findings.ChangedEvents);
        yield return ("events that no delivery tells any more", findings.GoneEvents);
        foreach (var change in findings.Deliveries.GroupBy(delivery => (delivery.Now, delivery.Then)))
            yield return ($"deliveries {Of(change.Key.Now)}{(change.Key.Now == change.Key.Then ? ", told otherwise" : $" → {Of(change.Key.Then)}")}", change.Count());
    }

    private static string Of(DeliveryStatus status) => status.ToString().ToLowerInvariant();
}
