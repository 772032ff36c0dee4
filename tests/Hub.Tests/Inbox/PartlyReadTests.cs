using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Tests.Rebuilding;

namespace IntegrationHub.Hub.Tests.Inbox;

/// <summary>A delivery of several items, of which one can't be read: the others count, and the delivery stays in quarantine until that one can be read, too.</summary>
public sealed class PartlyReadTests : IAsyncLifetime
{
    private const string Deleted = """{"subscriptionType":"contact.deletion","portalId":8675309,"objectId":7,"occurredAt":1795183530412}""";
    private const string Created = """{"subscriptionType":"contact.creation","portalId":8675309,"objectId":8,"occurredAt":1795183530412}""";
    private const string Broken = """{"subscriptionType":"contact.deletion","portalId":8675309,"objectId":null,"occurredAt":1795183530412}""";

    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync(TestHub.ConnectionsOf("hubspot"));

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData($"[{Deleted},{Broken}]", 1, "$[1].objectId is missing; everything else that the delivery tells is taken in")]
    [InlineData($"[{Broken},{Broken},{Deleted},{Created}]", 1, "$[0].objectId is missing, and 1 more can't be read; everything else that the delivery tells is taken in")]
    [InlineData($"[{Created},{Broken}]", 0, "$[1].objectId is missing; everything else that the delivery tells is taken in")]
    [InlineData($"[{Broken}]", 0, "$[0].objectId is missing")]
    public async Task Rest_is_taken_in_and_what_is_missing_is_said(string body, int events, string reason)
    {
        await PostAsync(body);
        await AssertDeliveryAsync(events, reason);
        Assert.Equal(body.Contains(Created, StringComparison.Ordinal) ? 1 : 0, hub.Database.Read(session => session.First("select count(*) from hydration", row => row.GetInt64(0))));
    }

    [Fact]
    public async Task Replay_counts_nothing_twice_and_says_the_same()
    {
        await PostAsync($"[{Deleted},{Broken},{Created}]");
        var before = hub.CanonicalExport();
        using var replayed = await hub.Http.PostAsync($"/api/deliveries/{hub.FirstDelivery}/replay", null);
        await hub.SettleAsync();
        await AssertDeliveryAsync(1, "$[1].objectId is missing; everything else that the delivery tells is taken in");
        Assert.Equal(before, hub.CanonicalExport());
    }

    [Theory]
    [InlineData(RebuildSource.Events)]
    [InlineData(RebuildSource.Inbox)]
    internal async Task Record_can_be_worked_out_again(RebuildSource source)
    {
        await PostAsync($"[{Deleted},{Broken},{Created}]");
        await PostAsync($"[{Broken},{Created}]");
        await using var rebuild = RebuildRun.Of(hub.DataDirectory, hub.Configuration, source, _ => { }, () => { });
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        Assert.True(findings.AreEqual, string.Join('\n', findings.Details));
        await rebuild.DiscardAsync();
    }

    private async Task PostAsync(string body)
    {
        using var answer = await hub.PostAsync("hubspot", Encoding.UTF8.GetBytes(body), ("Content-Type", "application/json"));
        Assert.True(answer.IsSuccessStatusCode);
        await hub.SettleAsync();
    }

    private async Task AssertDeliveryAsync(int events, string reason)
    {
        var delivery = await hub.GetAsync($"/api/deliveries/{hub.FirstDelivery}");
        Assert.Equal(("quarantined", reason, events), (delivery.GetProperty("status").GetString(), delivery.GetProperty("reason").GetString(), delivery.GetProperty("events").GetArrayLength()));
    }
}
