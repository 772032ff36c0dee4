using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Secrets are planted in every place that takes one, and looked for in everything that the hub says.</summary>
public sealed class NeverEchoedTests : IDisposable
{
    private const string Mark = "planted";

    private readonly string folder = Directory.CreateTempSubdirectory("hub-planted-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task No_secret_of_any_setting_or_key_comes_out_of_any_answer_line_or_file()
    {
        var (connectors, secrets) = Plant();
        var log = new EveryLine();
        var told = new ConcurrentQueue<string>();
        await using (var hub = await TestHub.StartAsync(connectors, folder, customize: builder => LogAll(builder, log), settings: "--Hub:AdminKey=planted-admin-key", key: null))
        {
            hub.Http.DefaultRequestHeaders.Authorization = new("Bearer", "planted-admin-key");
            secrets.Add("planted-admin-key");
            var key = (await hub.MakeKeyAsync("mia", "viewer")).GetProperty("key").GetString()!;
            secrets.Add(key[^64..]);
            await SendEverythingAsync(hub, told);
            await AskEverythingAsync(hub, told);
            await SpoilAsync(hub, told);
            told.Enqueue(hub.CanonicalExport());
        }
        foreach (var file in Directory.GetFiles(folder).Where(file => !file.EndsWith("connectors.json", StringComparison.Ordinal))) told.Enqueue(await File.ReadAllTextAsync(file, Encoding.Latin1));
        var found = secrets.Where(secret => told.Concat(log.Lines).Any(text => text.Contains(secret, StringComparison.Ordinal))).ToList();
        Assert.True(found.Count == 0, $"{string.Join(", ", found)} came out: {string.Join("\n", told.Concat(log.Lines).Where(text => found.Exists(secret => text.Contains(secret, StringComparison.Ordinal))).Select(text => Around(text, found)).Take(5))}");
        Assert.NotEmpty(log.Lines);
        Assert.True(secrets.Count > 40, $"Only {secrets.Count} secrets were planted.");
    }

    [Fact]
    public async Task Token_of_an_address_stands_in_no_log_trace_metric_or_problem_whatever_the_levels()
    {
        const string Token = "planted-token-9d21", WriteKey = "planted-write-key";
        var log = new EveryLine();
        var told = new ConcurrentQueue<string>();
        using var activities = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        activities.ActivityStopped = activity => told.Enqueue($"{activity.OperationName} {activity.DisplayName} {string.Join(" ", activity.TagObjects)} {string.Join(" ", activity.Baggage)}");
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => told.Enqueue($"{instrument.Name} {string.Join(" ", tags.ToArray())}"));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => told.Enqueue($"{instrument.Name} {string.Join(" ", tags.ToArray())}"));
        meters.Start();
        await using (var hub = await TestHub.StartAsync($$$"""
            { "connections": {
              "mailing": { "connector": "activecampaign", "settings": { "webhookToken": "{{{Token}}}" } },
              "website": { "connector": "segment", "settings": { "webhookToken": "{{{WriteKey}}}" } } } }
            """, customize: builder => LogAll(builder, log)))
        {
            foreach (var path in new[] { $"/webhooks/mailing/{Token}", $"/webhooks/mailing/{Token}x", $"/webhooks/nobody/{Token}", $"/webhooks/mailing/{Token}/more/{Token}", $"/v1/track?writeKey={WriteKey}", $"/nothing/{Token}?writeKey={WriteKey}", $"/api/{Token}", $"/oauth/callback?state={Token}&code={WriteKey}" })
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put })
                {
                    using var message = new HttpRequestMessage(method, path) { Content = new StringContent("type=subscribe&contact[email]=zoe@example.com") };
                    using var answer = await hub.Http.SendAsync(message);
                    told.Enqueue($"{answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync()}");
                }
            }
            await hub.SettleAsync();
            told.Enqueue((await hub.GetAsync("/api/deliveries")).GetRawText());
        }
        Assert.Contains(told, text => text.StartsWith("http.server.request.duration", StringComparison.Ordinal) && text.Contains("/webhooks/{connection}", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Debug Microsoft.", StringComparison.Ordinal));
        // What this test itself sent is told by its own client.
        var leaks = told.Where(text => !text.StartsWith("System.Net.Http", StringComparison.Ordinal) && !text.StartsWith("http.client", StringComparison.Ordinal)).Concat(log.Lines)
            .Where(text => text.Contains(Token, StringComparison.Ordinal) || text.Contains(WriteKey, StringComparison.Ordinal)).Take(5).ToList();
        Assert.True(leaks.Count == 0, string.Join("\n", leaks));
    }

    // Rules for one provider, for all, and for a category: whatever an admin may have configured.
    private static void LogAll(WebApplicationBuilder builder, EveryLine log) => builder.Logging
        .AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace).AddFilter("Microsoft", LogLevel.Trace)
        .AddFilter<EveryLine>(null, LogLevel.Trace).AddFilter<EveryLine>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace).AddFilter("Microsoft.AspNetCore.Routing.Matching", LogLevel.Trace);

    private static (string Connectors, HashSet<string> Secrets) Plant()
    {
        HashSet<string> secrets = new(StringComparer.Ordinal);
        var connections = new JsonObject();
        foreach (var connector in ConnectorCatalog.BuiltIn.All)
        {
            var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(TestHub.VendorFolder(connector.Key), "settings.sample.json")))!.AsObject();
            if (settings.ContainsKey("apiUrl")) settings["apiUrl"] = "http://127.0.0.1:9";
            foreach (var setting in connector.Settings.Where(setting => setting.IsSecret && settings.ContainsKey(setting.Name) && !setting.Rules.OfType<EcdsaKeysAttribute>().Any()))
            {
                var secret = $"{Mark}{connector.Key.Replace("-", "", StringComparison.Ordinal)}{setting.Name}{secrets.Count:D4}";
                // Keys of Mailchimp end in a data center.
                settings[setting.Name] = secret + "-us14";
                secrets.Add(secret);
            }
            connections[TestHub.ConnectionOf(connector.Key)] = new JsonObject { ["connector"] = connector.Key, ["settings"] = settings };
        }
        return (new JsonObject { ["connections"] = connections }.ToJsonString(), secrets);
    }

    private static async Task SendEverythingAsync(TestHub hub, ConcurrentQueue<string> told)
    {
        foreach (var connection in hub.Configuration.Connections.Values)
        {
            foreach (var sample in VendorSample.All(connection.Connector.Key).Take(2))
            {
                if (connection.Source!.Authentication.CanSign)
                {
                    using var genuine = await hub.PostAsync(connection.Name, sample.Body, new(sample.Headers, StringComparer.OrdinalIgnoreCase), sample.Query);
                    told.Enqueue($"{genuine.Headers} {await genuine.Content.ReadAsStringAsync()}");
                }
                using var forged = await hub.Http.PostAsync($"/webhooks/{connection.Name}/wrong", new ByteArrayContent(sample.Body));
                told.Enqueue($"{forged.Headers} {await forged.Content.ReadAsStringAsync()}");
            }
            if (!connection.Source!.Authentication.CanSign) continue;
            using var broken = await hub.PostAsync(connection.Name, Encoding.UTF8.GetBytes("{\"broken\": "));
            told.Enqueue(await broken.Content.ReadAsStringAsync());
        }
    }

    private static async Task AskEverythingAsync(TestHub hub, ConcurrentQueue<string> told)
    {
        await Eventually.ComesToZeroAsync(hub.Inbox.OpenCount, "the inbox is settled");
        foreach (var contact in (await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray().Take(3))
        {
            foreach (var (method, path, _) in hub.Endpoints(contact.GetProperty("id").GetString()!).Where(endpoint => endpoint.Access?.Role is not null && endpoint.Method is "GET" or "POST"))
            {
                using var message = new HttpRequestMessage(new HttpMethod(method), path);
                if (method == "POST" && !path.EndsWith("/keys", StringComparison.Ordinal)) message.Content = JsonContent.Create(new { });
                using var answer = await hub.Http.SendAsync(message);
                told.Enqueue($"{path} {answer.Headers} {await answer.Content.ReadAsStringAsync()}");
            }
        }
        foreach (var delivery in (await hub.GetAsync("/api/deliveries?limit=500")).GetProperty("items").EnumerateArray())
            told.Enqueue((await hub.GetAsync($"/api/deliveries/{delivery.GetProperty("id").GetString()}")).GetRawText());
        foreach (var connection in hub.Configuration.Connections.Keys)
        {
            foreach (var what in new[] { "test", "backfill", "reconcile", "authorize" })
            {
                using var answer = await hub.Http.PostAsJsonAsync($"/api/connections/{connection}/{what}", new { });
                told.Enqueue(await answer.Content.ReadAsStringAsync());
            }
        }
    }

    // A file in which every secret is of the wrong kind, and one that is no JSON.
    private static async Task SpoilAsync(TestHub hub, ConcurrentQueue<string> told)
    {
        var good = await File.ReadAllTextAsync(hub.ConnectorsFile);
        foreach (var bad in new[] { good.Replace($"\"{Mark}", $"\"${{ {Mark}", StringComparison.Ordinal), good.Replace("Secret\":", "Sekret\":", StringComparison.Ordinal), good[..^3], good.Replace("\"connector\"", "\"connector\" ", StringComparison.Ordinal).Replace($": \"{Mark}", $": 1 \"{Mark}", StringComparison.Ordinal) })
        {
            await File.WriteAllTextAsync(hub.ConnectorsFile, bad);
            for (var i = 0; i < 2; i++) hub.App.Services.GetRequiredService<ConfigurationSource>().Poll();
            told.Enqueue((await hub.GetAsync("/api/connections")).GetRawText());
            told.Enqueue((await hub.GetAsync("/health/ready")).GetRawText());
        }
    }

    private static string Around(string text, List<string> found)
    {
        var at = found.Select(secret => text.IndexOf(secret, StringComparison.Ordinal)).First(at => at >= 0);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 80)];
    }
}
