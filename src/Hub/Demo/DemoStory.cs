using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;
using Spectre.Console;

namespace IntegrationHub.Hub.Demo;

/// <summary>Lets the tools send, waits until all is merged, shows what came of it, and says whether it is what it must be.</summary>
internal sealed class DemoStory(DemoHub hub)
{
    private const int People = 5;
    private const int DeliveriesOfEach = 15;
    private const int Seed = 2026;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What one tool sends.</summary>
    public static Simulation OfEach { get; } = new(Seed, DeliveriesOfEach, People);

    private readonly List<(bool Holds, string What)> checks = [];

    /// <returns>Whether everything came out as it must.</returns>
    public async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        var plan = new SimulationPlan { Connections = hub.Connections, Count = hub.Connections.Count * DeliveriesOfEach, People = People, Seed = Seed, Twice = true, Shuffled = true };
        AnsiConsole.Write(new Rule("Simulated tools send signed webhooks: out of order, each twice, and one is forged").LeftJustified());
        using var sender = new WebhookSender(hub.Address, TimeProvider.System, DemoHub.PublicUrl);
        var forged = await ForgeAsync(sender, plan, cancellationToken);
        var report = await new SimulationRun(sender, TimeProvider.System).RunAsync(plan, null, () => { }, cancellationToken);
        await WaitAsync(cancellationToken);
        ShowDeliveries(report, forged);
        var contacts = hub.Database.Read(session => session.SearchContacts(null, 1000, 0));
        Check(contacts.Count == People, $"{People} people became {contacts.Count} contacts");
        ShowContact(new Simulation(Seed, 1, People).Person(0).Email);
        ShowChecks();
        return checks.TrueForAll(check => check.Holds);
    }

    // A stranger who knows the address but not the secret changes what a real delivery says.
    private static async Task<SendOutcome> ForgeAsync(WebhookSender sender, SimulationPlan plan, CancellationToken cancellationToken)
    {
        var (connection, delivery) = plan.Deliveries().First(sent => sent.Connection.Source?.Authentication is HmacAuthentication);
        return await sender.SendAsync(connection, delivery, cancellationToken, signed => signed with { Body = (byte[])[.. signed.Body.Span, (byte)' '] });
    }

    // However slow the machine is, as long as something moves.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var (last, patience) = (Open(), Stopwatch.StartNew());
        for (var open = last; open > 0 && patience.Elapsed < Patience; open = Open())
        {
            if (open != last) (last, patience) = (open, Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private long Open() => hub.Inbox.Counts(origin: null).Where(count => count.Status is DeliveryStatus.Received or DeliveryStatus.Hydrating).Sum(count => count.Count);

    private void ShowDeliveries(SimulationReport report, SendOutcome forged)
    {
        var table = new Table().AddColumns("Connection", "Verified by").AddColumn(new TableColumn("Done").RightAligned()).AddColumn(new TableColumn("Quarantined").RightAligned());
        var counts = hub.Inbox.Counts(DeliveryOrigin.Webhook);
        foreach (var connection in hub.Connections)
        {
            long Of(DeliveryStatus status) => counts.Where(count => count.Connection == connection.Name && count.Status == status).Sum(count => count.Count);
            table.AddRow(new Text(connection.Name), new Text(connection.Source?.Authentication.Description ?? ""), new Text($"{Of(DeliveryStatus.Done)}"), new Text($"{Of(DeliveryStatus.Quarantined)}"));
            var expected = DeliveriesOfEach * (RepeatsBodies(connection) ? 2 : 1);
            Check(Of(DeliveryStatus.Done) == expected, $"{connection.Name}: {Of(DeliveryStatus.Done)} of {expected} deliveries are in the record");
        }
        AnsiConsole.Write(table);
        var (all, recognizable) = (hub.Connections.Count * DeliveriesOfEach, hub.Connections.Count(connection => !RepeatsBodies(connection)) * DeliveriesOfEach);
        Check(report.Accepted == all + (all - recognizable), $"accepted {report.Accepted} of {all + (all - recognizable)} deliveries");
        Check(report.Duplicates == recognizable, $"recognised {report.Duplicates} of {recognizable} repeated deliveries");
        Check(forged is SendOutcome.Refused { Status: 401 }, forged is SendOutcome.Refused refused ? $"refused the forged one ({refused.Status}): {refused.Detail}" : "let the forged one in");
    }

    // What comes again from such a vendor is a delivery of its own.
    private static bool RepeatsBodies(Connection connection) => connection.Source is { RepeatsBodies: true };

    private void ShowContact(string email)
    {
        var found = hub.Database.Read(session => session.ContactByNode($"email:{email}"));
        Check(found is not null, $"{email} has a contact");
        if (found is null) return;
        var timeline = hub.Database.Read(session => session.Timeline(found.Row.Key, 500, null));
        var connections = timeline.Select(entry => entry.Event.Connection).Distinct().Count();
        Check(connections == hub.Connections.Count, $"its record is told by {connections} of {hub.Connections.Count} tools");
        Check(!timeline.GroupBy(entry => entry.Event.EventId).Any(group => group.Count() > 1), "no fact stands in it twice");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("One of the merged contacts").LeftJustified());
        DemoContact.Show(found, timeline, hub.Identity);
    }

    private void ShowChecks()
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("What had to come out").LeftJustified());
        foreach (var (holds, what) in checks) AnsiConsole.MarkupLine((holds ? "[green]yes[/] " : "[red]NO[/]  ") + Markup.Escape(what));
    }

    private void Check(bool holds, string what) => checks.Add((holds, what));
}
