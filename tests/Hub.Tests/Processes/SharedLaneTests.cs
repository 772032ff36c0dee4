using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Vendors;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Several hubs fetch for a connection one at a time, and one that dies leaves its lane to the others.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class SharedLaneTests : IAsyncLifetime
{
    private VendorServer vendor = null!;
    private TwoHubs hubs = null!;

    public async Task InitializeAsync()
    {
        vendor = await VendorServer.StartAsync();
        hubs = await TwoHubs.StartAsync(vendor, ("lumen", new { apiKey = "key-1" }));
    }

    public async Task DisposeAsync()
    {
        await hubs.DisposeAsync();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task Object_that_both_processes_hear_of_is_fetched_once()
    {
        string[] customers = ["1", "2", "3"];
        foreach (var id in customers) hubs.One.GivenCustomer(id);
        List<long> deliveries = [];
        for (var i = 0; i < 4; i++)
        {
            foreach (var hub in new[] { hubs.One, hubs.Other }) deliveries.Add(await hub.HintAsync("lumen", [.. customers.Select(id => "customer/" + id)]));
        }
        // Far less time passes than hints wait for each other.
        await hubs.One.UntilAsync(() => hubs.One.Hub.Inbox.OpenCount() == 0, "all hints are noted", TimeSpan.FromMilliseconds(1));
        foreach (var delivery in deliveries) await hubs.Other.UntilAsync(delivery, "done");
        Assert.All(customers, id => Assert.Equal(1, hubs.One.Calls("/customers/" + id)));
    }

    [Fact]
    public async Task Lane_of_a_process_that_dies_is_taken_over_and_its_late_answer_stands_for_no_later_change()
    {
        var release = new TaskCompletionSource();
        vendor.Given(Request.Create().WithPath("/customers/7")).RespondWith(LumenHub.Customer("7").WithDelay(release.Task), LumenHub.Customer("7"), LumenHub.Customer("7", version: 2));
        await HoldLaneByOneAsync();
        var delivery = await hubs.Other.HintAsync("lumen", "customer/7");
        await hubs.Other.UntilAsync(() => hubs.One.Calls() == 1, "the first one fetches");
        hubs.Line.Cut();
        await hubs.Other.UntilAsync(delivery, "done");
        Assert.Equal(2, hubs.One.Calls());
        hubs.Line.Mend();
        // The customer changes, and only then the answer of before comes to the one that was not dead.
        var later = await hubs.One.HintAsync("lumen", "customer/7");
        await Eventually.HoldsAsync(() => hubs.Other.Hub.Inbox.Summary(later)?.Status is DeliveryStatus.Hydrating, "the hint is noted");
        release.SetResult();
        await hubs.Other.UntilAsync(later, "done");
        await hubs.Other.UntilAsync(() => hubs.Other.Hub.Inbox.OpenCount() == 0, "all of it is in the record");
        Assert.Equal(3, hubs.One.Calls());
        Assert.Equal(["Customer 7 v2"], await hubs.Other.NamesAsync());
    }

    // Whichever looks first has the lane: the other one lets go of it, and looks only as time passes.
    private Task HoldLaneByOneAsync() => hubs.One.UntilAsync(() =>
    {
        hubs.Other.Hub.Database.LetGo("hydration lumen");
        return hubs.One.Hub.Database.TryHold("hydration lumen");
    }, "the first one has the lane", TimeSpan.Zero);
}
