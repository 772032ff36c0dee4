using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using Spectre.Console;

namespace IntegrationHub.Hub.Demo;

/// <summary>Prints a contact: each value with its source and time, the orders, the timeline.</summary>
internal static class DemoContact
{
    public static void Show(ContactDetails contact, IReadOnlyList<TimelineEntry> timeline, IdentitySettings identity)
    {
        AnsiConsole.WriteLine($"Contact {contact.Row.Id}, version {contact.Row.Version}");
        ShowFields(contact.Row.State, new Survivorship(identity, DecisionBook.Empty));
        ShowIdentifiers(contact.Row.State);
        ShowOrders(contact);
        ShowTimeline(timeline);
    }

    private static void ShowFields(ContactState state, Survivorship survivorship)
    {
        var table = Titled("Fields", "Field", "Value", "Told by", "At (UTC)");
        foreach (var (name, claim) in survivorship.Fields(state)) Row(table, name, claim.Value, claim.Connection, Time(claim.Stamp.Time));
        foreach (var (channel, claim) in Survivorship.Consent(state)) Row(table, $"consent: {channel}", claim.Value, claim.Connection, Time(claim.Stamp.Time));
        foreach (var (tag, claim) in Survivorship.Tags(state)) Row(table, "tag", tag, claim.Connection, Time(claim.Stamp.Time));
        AnsiConsole.Write(table);
    }

    private static void ShowIdentifiers(ContactState state)
    {
        var table = Titled("Identifiers: why these events are one person", "Kind", "Value", "First told by", "At (UTC)");
        foreach (var (name, claim) in Survivorship.Identifiers(state, former: false))
        {
            var (kind, value, _) = IdentityNode.Parse(name);
            Row(table, Names.Of(kind), value, claim.Connection, Time(claim.Stamp.Time));
        }
        AnsiConsole.Write(table);
    }

    private static void ShowOrders(ContactDetails contact)
    {
        var totals = contact.Row.State.Orders;
        var value = string.Join(", ", totals.Value.Select(sum => $"{Amounts.Write(sum.Value, sum.Key)} {sum.Key}"));
        var table = Titled($"Orders: {totals.Count}, lifetime value {(value.Length == 0 ? "0" : value)}", "Order", "Status", "Total", "Refunded");
        foreach (var (name, state) in contact.Entities)
        {
            if (state is not OrderState order) continue;
            Row(table, order.Number?.Value ?? name, order.Status, Sum(order.Gross), Sum(order.Refunded));
        }
        AnsiConsole.Write(table);
    }

    private static void ShowTimeline(IReadOnlyList<TimelineEntry> timeline)
    {
        var table = Titled("Timeline, the latest first", "At (UTC)", "Told by", "What happened");
        foreach (var entry in timeline) Row(table, Time(entry.Event.OccurredAt), entry.Event.Connection, TimelineJson.Summary(entry.Event));
        AnsiConsole.Write(table);
    }

    private static Table Titled(string title, params string[] columns)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(title);
        return new Table().AddColumns(columns);
    }

    private static string Sum(Money? money) => money is null ? "" : $"{Amounts.Write(money.Amount, money.Currency)} {money.Currency}";

    private static string Time(DateTimeOffset? time) => time is { } known ? $"{known:yyyy-MM-dd HH:mm:ss}" : "(not told)";

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
