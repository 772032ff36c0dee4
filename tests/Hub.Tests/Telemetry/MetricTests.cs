using System.Globalization;
using System.Net;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Vendors;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>What <c>/metrics</c> tells.</summary>
public sealed class MetricTests
{
    [Fact]
    public async Task Webhooks_are_counted_by_connection_and_outcome()
    {
        await using var hub = await TestHub.StartAsync();
        var form = VendorSample.Load("typeform", "form-response");
        for (var time = 0; time < 3; time++) (await hub.PostAsync("typeform", form.Body, form.Headers)).Dispose();
        (await hub.PostAsync("typeform", "{}"u8.ToArray(), [])).Dispose();
        (await hub.Http.PostAsync("/webhooks/typeform", new ByteArrayContent(form.Body))).Dispose();
        await hub.SettleAsync();
        await Eventually.HoldsAsync(() => Figures(hub).GetValueOrDefault("hub_event_merged_total{hub_connection=\"typeform\"}") > 0, "the event is counted");
        var figures = Figures(hub);
        Assert.Equal(2, figures["hub_webhook_accepted_total{hub_connection=\"typeform\"}"]);
        Assert.Equal(2, figures["hub_webhook_duplicate_total{hub_connection=\"typeform\"}"]);
        Assert.Equal(1, figures.Single(figure => figure.Key.StartsWith("hub_webhook_refused_total{hub_connection=\"typeform\",hub_reason=", StringComparison.Ordinal)).Value);
        Assert.Equal(1, figures.GetValueOrDefault("hub_delivery_quarantined_total{hub_connection=\"typeform\"}") + figures.GetValueOrDefault("hub_delivery_ignored_total{hub_connection=\"typeform\"}"));
        Assert.Equal(figures["hub_event_merged_total{hub_connection=\"typeform\"}"], figures["hub_event_lag_seconds_count{hub_connection=\"typeform\"}"]);
        Assert.Equal(figures["hub_event_lag_seconds_count{hub_connection=\"typeform\"}"], figures["hub_event_lag_seconds_bucket{hub_connection=\"typeform\",le=\"+Inf\"}"]);
        Assert.True(figures["hub_database_write_duration_seconds_count{hub_outcome=\"stored\"}"] > 0);
        Assert.Equal((0.0, 0.0), (figures["hub_inbox_open{hub_connection=\"typeform\"}"], figures["hub_connection_trouble{hub_connection=\"typeform\"}"]));
    }

    [Fact]
    public async Task Metrics_need_a_key_and_a_viewer_may_read_them()
    {
        await using var hub = await TestHub.StartAsync();
        using var stranger = hub.ClientWith(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/metrics")).StatusCode);
        using var viewer = hub.ClientWith((await hub.MakeKeyAsync("prometheus", "viewer")).GetProperty("key").GetString());
        using var answer = await viewer.GetAsync("/metrics");
        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
    }

    [Fact]
    public async Task Metrics_are_told_while_the_database_is_away_without_those_that_stand_in_it()
    {
        BreakableDatabase? breakable = null;
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<IDatabase>(provider => ActivatorUtilities.CreateInstance<MeasuredDatabase>(
            provider, breakable = new BreakableDatabase(provider.GetRequiredService<HubDatabase>().Open()))));
        var order = VendorSample.Load("shopify", "orders-create");
        breakable!.IsBroken = true;
        using (var posted = await hub.PostAsync("shopify", order.Body, order.Headers)) Assert.Equal(HttpStatusCode.ServiceUnavailable, posted.StatusCode);
        var figures = Figures(hub);
        Assert.Equal(1, figures["hub_webhook_not_stored_total{hub_connection=\"shopify\"}"]);
        Assert.True(figures["hub_database_write_duration_seconds_count{hub_outcome=\"failed\"}"] >= 1);
        breakable.IsBroken = false;
    }

    [Fact]
    public async Task Depths_are_counted_no_further_than_their_limit()
    {
        await using var hub = await TestHub.StartAsync();
        // Put off until long after this test, so that nobody takes them up.
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToDb();
        await hub.Database.WriteAsync(session =>
        {
            for (var number = 0; number < QueueDepths.Most + 50; number++)
            {
                session.Execute("insert into inbox (connection, delivery_key, received_at, status, due_at) values ('shopify', $key, 0, 0, $due)", ("$key", BitConverter.GetBytes(number)), ("$due", later));
            }
            return 0;
        }, CancellationToken.None);
        Assert.Equal(QueueDepths.Most, Figures(hub)["hub_inbox_open{hub_connection=\"shopify\"}"]);
        Assert.True(Figures(hub)["hub_inbox_oldest_age_seconds"] > 1_000_000);
        await hub.Database.WriteAsync(session => session.Execute("update inbox set status = 3"), CancellationToken.None);
    }

    [Fact]
    public void Page_of_a_histogram_is_cumulative_and_labels_are_escaped_and_bounded()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("test");
        var page = new MetricPage(meter.CreateHistogram("a.b", "s", "Waits", tags: null, new System.Diagnostics.Metrics.InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] }));
        foreach (var value in new[] { 0.5, 1, 2, 3 }) page.Record(value, [new("x.y", "q\"b\\n\n")]);
        Assert.Equal(
            "# HELP a_b_seconds Waits\n# TYPE a_b_seconds histogram\n"
            + "a_b_seconds_bucket{x_y=\"q\\\"b\\\\n\\n\",le=\"1\"} 2\na_b_seconds_bucket{x_y=\"q\\\"b\\\\n\\n\",le=\"2.5\"} 3\na_b_seconds_bucket{x_y=\"q\\\"b\\\\n\\n\",le=\"+Inf\"} 4\n"
            + "a_b_seconds_sum{x_y=\"q\\\"b\\\\n\\n\"} 6.5\na_b_seconds_count{x_y=\"q\\\"b\\\\n\\n\"} 4\n", Text(page));
        var counter = new MetricPage(meter.CreateCounter<long>("c"));
        for (var number = 0; number < MetricPage.MaxSeries + 10; number++) counter.Record(1, [new("n", number)]);
        Assert.Contains("c_total{otel_metric_overflow=\"true\"} 10\n", Text(counter), StringComparison.Ordinal);
    }

    private static string Text(MetricPage page)
    {
        var text = new System.Text.StringBuilder();
        page.Write(text);
        return text.ToString();
    }

    // Every line is one that Prometheus can read.
    private static Dictionary<string, double> Figures(TestHub hub) => hub.App.Services.GetRequiredService<MetricBook>().Write()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
