using IntegrationHub.Connectors;
using IntegrationHub.Hub.Simulating;

namespace IntegrationHub.Hub.Tests.Simulating;

/// <summary>The vices that simulated vendors have on request.</summary>
public sealed class SimulationTests
{
    private const string Rotating = """
        {
          "connections": {
            "shopify": { "connector": "shopify", "settings": { "webhookSecret": ["new-secret", "old-secret"] } },
            "mailchimp": { "connector": "mailchimp", "settings": { "webhookSecret": ["new-secret", "old-secret"] } }
          }
        }
        """;

    [Fact]
    public async Task Retried_deliveries_are_recognised_and_change_nothing()
    {
        await using var once = await TestHub.StartAsync(Rotating);
        await once.SimulateAsync(once.Plan(count: 300, people: 20, seed: 3));
        await using var again = await TestHub.StartAsync(Rotating);
        var plan = again.Plan(count: 300, people: 20, seed: 3) with { Retried = true };
        var report = await again.SimulateAsync(plan);
        Assert.Equal((300, 30, 330), (report.Accepted, report.Duplicates, plan.Sent));
        Assert.Equal(once.CanonicalExport(), again.CanonicalExport());
    }

    [Fact]
    public async Task Both_secrets_of_a_rotation_are_accepted_and_the_old_one_is_refused_once_it_is_gone()
    {
        await using var hub = await TestHub.StartAsync(Rotating);
        var plan = hub.Plan(count: 100, people: 10, seed: 4) with { Rotated = true };
        Assert.Equal(100, (await hub.SimulateAsync(plan)).Accepted);
        await using var later = await TestHub.StartAsync(Rotating.Replace(", \"old-secret\"", "", StringComparison.Ordinal));
        var report = await later.SimulateAsync(plan);
        Assert.Equal((50, 50), (report.Accepted, report.Refused));
    }

    [Fact]
    public async Task Probes_are_answered_and_store_nothing()
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf(ConnectorCatalog.BuiltIn.All.Select(connector => connector.Key)));
        using var sender = new WebhookSender(hub.Http.BaseAddress!, TimeProvider.System);
        var probes = hub.Configuration.Connections.Values.SelectMany(connection => ConnectorCatalog.BuiltIn.Simulator(connection.Connector.Key)!.Probes.Select(probe => (connection, probe))).ToList();
        Assert.True(probes.Count >= 4);
        foreach (var (connection, probe) in probes) Assert.True(await sender.ProbeAsync(connection, probe, CancellationToken.None), $"{connection.Name} {probe.Method}");
        Assert.Empty((await hub.GetAsync("/api/deliveries")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Retries_come_long_after_and_the_rest_keeps_its_order()
    {
        await using var hub = await TestHub.StartAsync(Rotating);
        var plan = hub.Plan(count: 400, people: 30, seed: 5) with { Retried = true };
        var sent = plan.Deliveries().Select(delivery => delivery.Delivery).ToList();
        Assert.Equal(plan.Sent, sent.Count);
        var repeated = sent.GroupBy(delivery => delivery).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        Assert.Equal(40, repeated.Count);
        Assert.All(repeated.SkipLast(10), delivery => Assert.InRange(sent.LastIndexOf(delivery) - sent.IndexOf(delivery), 100, 120));
        Assert.Equal((plan with { Retried = false }).Deliveries().Select(delivery => delivery.Delivery.Body.ToArray()), sent.Distinct().Select(delivery => delivery.Body.ToArray()));
    }
}
