using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The record is a function of the set of deliveries: neither their order, nor repetition, nor the batches they were merged in change a byte of it.</summary>
public sealed class OrderIndependenceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Thousands_of_deliveries_give_the_same_record_in_any_order_and_sent_twice()
    {
        const int seed = 42;
        // The order of a server's transactions is tried with fewer: there each costs some round trips.
        var (count, people) = TestDatabase.IsPostgres ? (2_000, 500) : (20_000, 5_000);
        output.WriteLine($"seed {seed}");
        var inOrder = await ExportAfterAsync(plan => plan, count, people, seed);
        var shuffledTwice = await ExportAfterAsync(plan => plan with { Shuffled = true, Twice = true }, count, people, seed);
        Assert.True(inOrder == shuffledTwice, FirstDifference(inOrder, shuffledTwice));
        Assert.InRange(inOrder.Count(letter => letter == '\n'), people * 9 / 10, people);
    }

    private static async Task<string> ExportAfterAsync(Func<SimulationPlan, SimulationPlan> change, int count, int people, int seed)
    {
        await using var hub = await TestHub.StartAsync();
        var report = await hub.SimulateAsync(change(hub.Plan(count, people, seed)));
        Assert.Equal((count, 0, 0), (report.Accepted, report.Refused, report.Failed));
        Assert.Empty(hub.Inbox.List(Hub.Inbox.DeliveryStatus.Quarantined, null, 10, null));
        return hub.CanonicalExport();
    }

    private static string FirstDifference(string one, string other)
    {
        var (a, b) = (one.Split('\n'), other.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(index => a[index] != b[index], -1);
        return line < 0 ? $"{a.Length} and {b.Length} lines" : $"line {line + 1}:\n{a[line]}\n{b[line]}";
    }
}
