using System.Net;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>Vendors who look for somebody at a path of their own before they take a webhook's address.</summary>
public sealed class ProbePathTests
{
    private static readonly ConnectorDescription Prober = ConnectorCatalog.BuiltIn.All.First(connector => connector.ProbePath is not null);

    [Fact]
    public async Task Probe_is_answered_while_a_connection_is_enabled_and_stores_nothing()
    {
        await using var hub = await TestHub.StartAsync(TestHub.ConnectionsOf(Prober.Key));
        using var stranger = new HttpClient { BaseAddress = hub.Http.BaseAddress };
        using var answer = await stranger.PostAsync(Prober.ProbePath, new StringContent("{\"time\":\"2026-11-20 15:04:06 UTC\"}"));
        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Empty(hub.Inbox.List(null, null, 10, null));
    }

    [Fact]
    public async Task Without_such_a_connection_there_is_nothing_to_find()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.Http.PostAsync(Prober.ProbePath, new StringContent("{}"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
