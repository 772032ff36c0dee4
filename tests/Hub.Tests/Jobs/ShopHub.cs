using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>A hub that is connected to a stubbed shop, under a clock of the test.</summary>
internal sealed class ShopHub(TestHub hub, ShiftedTime time) : IAsyncDisposable
{
    /// <summary>An hour before the first simulated object.</summary>
    public static readonly DateTimeOffset Before = Simulation.Start.AddHours(-1);

    public TestHub Hub => hub;

    public ShiftedTime Time => time;

    public HistoryStore Store => hub.App.Services.GetRequiredService<HistoryStore>();

    public HistoryRequests Requests => hub.App.Services.GetRequiredService<HistoryRequests>();

    public HistoryWork Work => hub.App.Services.GetRequiredService<HistoryWork>();

    /// <param name="connectors">The connectors file; null for the one that is in the directory.</param>
    /// <param name="byHand">Whether the test itself does what the schedule would.</param>
    public static async Task<ShopHub> StartAsync(string? connectors, string? directory = null, DateTimeOffset? now = null, bool byHand = false, params string[] settings)
    {
        var time = new ShiftedTime(now ?? Before);
        var hub = await TestHub.StartAsync(connectors, directory, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            if (byHand) builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(HistoryService)));
        }, settings: settings);
        var shopHub = new ShopHub(hub, time);
        if (byHand) await shopHub.Requests.SeeAsync([StubShop.Connection], CancellationToken.None);
        else await Eventually.HoldsAsync(() => hub.Database.Read(session => session.First("select count(*) from history_connection", row => row.GetInt64(0))) > 0, "the connection is seen");
        return shopHub;
    }

    public async Task TellAsync(StubWebhook webhook)
    {
        using var answer = await hub.PostAsync(StubShop.Connection, webhook.Delivery.Body.ToArray(), new Dictionary<string, string>(webhook.Delivery.Headers, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<JsonElement> PostAsync(string what, object? body = null)
    {
        using var answer = await hub.Http.PostAsJsonAsync($"/api/connections/{StubShop.Connection}/{what}", body ?? new { });
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Reconciles, and waits until all of it is in the record.</summary>
    public async Task ReconcileAsync()
    {
        await PostAsync("reconcile");
        await FinishAsync();
    }

    /// <summary>Waits until no run is open and all that they brought is in the record.</summary>
    public async Task FinishAsync()
    {
        await Eventually.HoldsAsync(() => Store.Open().Count == 0, "all runs are over");
        await hub.SettleAsync();
    }

    /// <summary>Goes on by hand, at most this often, until nothing is due.</summary>
    public async Task<DateTimeOffset?> GoOnAsync()
    {
        var next = await Work.GoOnAsync(StubShop.Connection, CancellationToken.None);
        while (next <= time.GetUtcNow()) next = await Work.GoOnAsync(StubShop.Connection, CancellationToken.None);
        return next;
    }

    public List<HistoryRun> Runs() => Store.List(StubShop.Connection, 100);

    public HistoryRun Run(string stream) => Runs().First(run => run.Stream == stream);

    public Task<JsonElement> GapsAsync() => hub.GetAsync($"/api/connections/{StubShop.Connection}/gaps?from=2026-11-01&to=2026-12-01");

    public async Task<JsonElement> ConnectionAsync() => (await hub.GetAsync("/api/connections")).GetProperty("items").EnumerateArray().Single();

    public HashSet<Guid> Events() => [.. hub.Database.Read(session => session.Query("select event_id from event", row => row.Id(0)))];

    public long Count(string sql) => hub.Database.Read(session => session.First(sql, row => row.GetInt64(0)));

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
