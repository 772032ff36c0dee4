using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Demo;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>A day of all tools with all vices, everybody as loud as they can be: nothing that the hub says of it names a person or a secret.</summary>
[Collection(Alone.Name)]
public sealed class SimulatedDayTests(ITestOutputHelper output)
{
    private const int Seed = 711;
    private const int People = 25;
    private const int DeliveriesOfEach = 12;

    // What has to happen, or the day was not full: the database leaks and fails, connectors can't read, vendors do not answer, frameworks talk.
    private static readonly List<string> Counted =
        ["hub_webhook_accepted", "hub_webhook_duplicate", "hub_webhook_refused", "hub_webhook_not_stored", "hub_delivery_quarantined", "hub_event_merged", "hub_hydration_fetched", "hub_hydration_failed", "hub_outbox_published"];
    private static readonly List<string> SpanNames = ["accept", "normalize", "hydrate", "merge", "publish ContactChanged", "GET", "POST /webhooks/{connection}/{token?}"];
    private static readonly List<string> Told = ["could not be merged", "is quarantined", "was not fetched", "The database is away", "MassTransit"];

    private readonly StringBuilder problems = new();

    [Fact]
    public async Task Logs_spans_metrics_and_problems_of_a_simulated_day_name_no_person_and_no_secret()
    {
        var log = new CapturedLog();
        LeakingDatabase? database = null;
        await using var collector = await Collector.StartAsync();
        var simulated = ConnectorCatalog.BuiltIn.All.ToDictionary(connector => connector.Key, _ => new Simulation(Seed, DeliveriesOfEach, People), StringComparer.Ordinal);
        await using var apis = await SimulatedApis.StartAsync(new Uri("http://127.0.0.1:0"), simulated, TimeProvider.System, CancellationToken.None);
        var file = FileOfTheDay(apis.Address);
        await using var hub = await TestHub.StartAsync(file.ToString(), customize: builder =>
        {
            log.Capture(builder);
            builder.Services.AddSingleton<IDatabase>(provider => ActivatorUtilities.CreateInstance<MeasuredDatabase>(provider,
                database = new LeakingDatabase(provider.GetRequiredService<HubDatabase>().Open(), new Simulation(Seed, 1, People).Person(0))));
        }, settings: [.. CapturedLog.Loudest, .. collector.Settings]);
        await LiveTheDayAsync(hub, database!);

        var logger = hub.App.Services.GetRequiredService<ILogger<SimulatedDayTests>>();
        var search = new Search(Values(hub, file));
        var book = hub.App.Services.GetRequiredService<MetricBook>();
        await Eventually.HoldsAsync(() => Counted.TrueForAll(name => book.Write().Contains($"{name}_total", StringComparison.Ordinal)), "everything was counted");
        await Eventually.HoldsAsync(() => SpanNames.TrueForAll(name => collector.Spans.Exists(span => span.Name == name)), "all kinds of spans have arrived");
        var metrics = book.Write();
        foreach (var told in Told) Assert.Contains(told, log.Text, StringComparison.Ordinal);
        output.WriteLine($"Seed {Seed}: {search.Count} values searched for in {log.Lines.Count} log lines, {collector.Spans.Count} spans, {metrics.Length} characters of metrics and {problems.Length} of problem details.");
        Assert.Empty(search.In("log", log.Lines));
        Assert.Empty(search.In("span or metric", [collector.Everything]));
        Assert.Empty(search.In("metrics", metrics.Split('\n')));
        Assert.Empty(search.In("problem", problems.ToString().Split('\n')));
        await AssertPlantedAreFoundAsync(hub, log, collector, logger, search);
    }

    private async Task LiveTheDayAsync(TestHub hub, LeakingDatabase database)
    {
        var plan = hub.Plan(count: DeliveriesOfEach * hub.Configuration.Connections.Count, people: People, seed: Seed) with { Twice = true, Shuffled = true };
        using var sender = new WebhookSender(hub.Http.BaseAddress!, TimeProvider.System, TestHub.PublicUrl);
        var number = 0;
        foreach (var (connection, delivery) in plan.Deliveries())
        {
            number++;
            if (number % 40 == 0) database.LeakNext();
            if (number % 97 == 0) database.FailNext();
            await sender.SendAsync(connection, delivery, CancellationToken.None);
            if (number % 5 == 0) await SpoilAsync(sender, connection, delivery, number);
        }
        await AskAsync(hub, "/api/contacts?email=" + Uri.EscapeDataString(new Simulation(Seed, 1, People).Person(1).Email) + "&limit=x");
        await AskAsync(hub, "/api/contacts?identifier=nonsense:" + Uri.EscapeDataString(new Simulation(Seed, 1, People).Person(2).Email));
        await AskAsync(hub, "/api/nothing/" + Uri.EscapeDataString(new Simulation(Seed, 1, People).Person(3).FullName));
        await AskAsync(hub, "/api/contacts/018f0000-0000-7000-8000-000000000000/explain/" + Uri.EscapeDataString(new Simulation(Seed, 1, People).Person(4).Email));
        await hub.SettleAsync();
    }

    // Forged, cut off, of other types, and no body at all; the last three are signed, as if the vendor were broken.
    private async Task SpoilAsync(WebhookSender sender, Connection connection, SimulatedDelivery delivery, int number)
    {
        var body = Encoding.UTF8.GetString(delivery.Body.Span);
        await sender.SendAsync(connection, delivery, CancellationToken.None, signed => signed with { Body = (byte[])[.. signed.Body.Span, (byte)' '], PathToken = signed.PathToken + "x" });
        var spoilt = (number % 3) switch { 0 => body[..(body.Length / 2)], 1 => WithOtherTypes(body), _ => body + new string('{', 5) };
        var outcome = await sender.SendAsync(connection, delivery with { Body = Encoding.UTF8.GetBytes(spoilt) }, CancellationToken.None);
        if (outcome is SendOutcome.Refused refused) problems.AppendLine(refused.Detail);
    }

    private static string WithOtherTypes(string body)
    {
        try
        {
            var json = JToken.Parse(body);
            foreach (var number in json.SelectTokens("$..*").OfType<JValue>().Where((value, index) => index % 3 == 0).ToList()) number.Replace(new JObject { [$"{number.Value}"] = number.Value is null ? null : $"{number.Value}" });
            return json.ToString();
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return body.Replace('=', '&');
        }
    }

    private async Task AskAsync(TestHub hub, string path)
    {
        using var answer = await hub.Http.GetAsync(path);
        if (!answer.IsSuccessStatusCode) problems.AppendLine(await answer.Content.ReadAsStringAsync());
    }

    // The demo's connections with working APIs, and the same again with APIs that nobody answers at.
    private static JObject FileOfTheDay(Uri apis)
    {
        var file = DemoHub.ConnectorsFile(apis);
        var connections = (JObject)file["connections"]!;
        foreach (var connection in connections.Properties().Where(connection => connection.Value["settings"]!["apiUrl"] is not null).ToList())
        {
            var away = (JObject)connection.Value.DeepClone();
            away["settings"]!["apiUrl"] = "http://127.0.0.1:9";
            connections[$"{connection.Name}_away"] = away;
        }
        return file;
    }

    private static HashSet<string> Values(TestHub hub, JObject file)
    {
        var secrets = ((JObject)file["connections"]!).Properties().SelectMany(connection => hub.Configuration.Connections[connection.Name].Connector.Settings.Where(setting => setting.IsSecret)
            .Select(setting => connection.Value["settings"]![setting.Name]?.ToString()));
        var people = Enumerable.Range(0, People).Select(new Simulation(Seed, 1, People).Person)
            .SelectMany(person => new[] { person.Email, person.Email.ToUpperInvariant(), Uri.EscapeDataString(person.Email), person.Phone, person.Phone[1..], person.FullName, person.FirstName, person.LastName, person.Company, person.Street, person.City });
        return [.. secrets.Concat(people).OfType<string>().Where(value => value.Length > 2), TestHub.Key, LeakingDatabase.Marker];
    }

    private static async Task AssertPlantedAreFoundAsync(TestHub hub, CapturedLog log, Collector collector, ILogger logger, Search search)
    {
        var person = new Simulation(Seed, 1, People).Person(7);
#pragma warning disable CA1848, CA2254 // Planted once.
        logger.LogInformation("planted " + person.LastName);
#pragma warning restore CA1848, CA2254
        Assert.Equal([$"log: {person.LastName}"], search.In("log", log.Lines));
        var signals = hub.App.Services.GetRequiredService<Signals>();
        signals.Refused("planted", person.Phone);
        Assert.Contains($"metrics: {person.Phone}", search.In("metrics", hub.App.Services.GetRequiredService<MetricBook>().Write().Split('\n')));
        signals.Accept(person.Email)?.Dispose();
        await Eventually.HoldsAsync(() => search.In("span or metric", [collector.Everything]).Contains($"span or metric: {person.Email}"), "the planted span is found");
    }

    /// <summary>Looks for values as whole words: names can be parts of other words.</summary>
    private sealed class Search(HashSet<string> values)
    {
        public int Count => values.Count;

        public List<string> In(string where, IReadOnlyCollection<string> texts)
        {
            var all = string.Join('\n', texts);
            return [.. values.Where(value => IsIn(all, value)).Select(value => $"{where}: {value}").Order(StringComparer.Ordinal)];
        }

        private static bool IsIn(string text, string value)
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
            {
                var end = at + value.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
            }
            return false;
        }
    }
}
