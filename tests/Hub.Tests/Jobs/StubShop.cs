using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.WooCommerce;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>The REST API of a WooCommerce shop on a real port: orders by their last change, customers by id, as the shop pages them.</summary>
internal sealed class StubShop : IAsyncDisposable
{
    public const string Connection = "webshop";

    private readonly WebApplication app;
    private readonly Lock changing = new();
    private readonly Dictionary<(string Type, int Id), JsonObject> objects = [];
    private readonly ConcurrentQueue<string> calls = new();

    private StubShop()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/{**path}", AnswerAsync);
    }

    public string Address => app.Urls.First();

    /// <summary>Answers a call in the shop's place; null leaves it to the shop. Gets the path with its query.</summary>
    public Func<string, Task<StubAnswer?>>? Instead { get; set; }

    /// <summary>Path and query of each call, in their order.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    public int Count(string type) => objects.Keys.Count(key => key.Type == type);

    public static async Task<StubShop> StartAsync()
    {
        var shop = new StubShop();
        await shop.app.StartAsync();
        return shop;
    }

    /// <summary>A shop with so many simulated customers and orders.</summary>
    public static async Task<StubShop> FilledAsync(int objects, int seed)
    {
        var shop = await StartAsync();
        foreach (var webhook in Simulate(objects, seed)) shop.Put(webhook.Type, webhook.Body);
        return shop;
    }

    /// <summary>Customers and orders of a simulated shop: of each the last state, and the webhook that told it.</summary>
    public static List<StubWebhook> Simulate(int objects, int seed)
    {
        Dictionary<(string, int), StubWebhook> latest = [];
        foreach (var delivery in new WooCommerceSimulator().Deliveries(new Simulation(seed, objects * 4, objects / 2)))
        {
            var (type, body) = (delivery.Headers["X-WC-Webhook-Resource"], (JsonObject)JsonNode.Parse(delivery.Body.Span)!);
            if (type is "customer" or "order" && (latest.Count < objects || latest.ContainsKey((type, (int)body["id"]!)))) latest[(type, (int)body["id"]!)] = new StubWebhook(type, body, delivery);
        }
        Assert.Equal(objects, latest.Count);
        return [.. latest.Values];
    }

    /// <summary>A connectors file with a connection to this shop.</summary>
    public string Connectors(string reconcile = "\"off\"", string secret = "cs_demo", string more = "") =>
        $$"""
        { "connections": { "{{Connection}}": { "connector": "woocommerce", "reconcile": {{reconcile}},
          "settings": { "webhookSecret": "woo-demo-secret", "consumerKey": "ck_demo", "consumerSecret": "{{secret}}", "defaultCountry": "DE", "apiUrl": "{{Address}}/" } }{{more}} } }
        """;

    public void Put(string type, JsonObject body)
    {
        lock (changing) objects[(type, (int)body["id"]!)] = (JsonObject)body.DeepClone();
    }

    /// <summary>Changes an object as the shop would: it gets a new time, and moves to the end of the list.</summary>
    public JsonObject Change(string type, int id, DateTimeOffset at, Action<JsonObject> change)
    {
        lock (changing)
        {
            var body = objects[(type, id)];
            change(body);
            body["date_modified_gmt"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            return (JsonObject)body.DeepClone();
        }
    }

    /// <summary>Orders in the order of their last change.</summary>
    public List<int> OrdersByChange()
    {
        lock (changing) return [.. Sorted("order", null).Select(body => (int)body["id"]!)];
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = context.Request.Path.Value![1..] + context.Request.QueryString.Value;
        calls.Enqueue(call);
        var answer = (Instead is { } instead ? await instead(call) : null) ?? Answer(context.Request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body);
    }

    private StubAnswer Answer(HttpRequest request)
    {
        if (request.Headers.Authorization != "Basic " + Convert.ToBase64String("ck_demo:cs_demo"u8.ToArray()))
            return new StubAnswer(401, """{"code":"woocommerce_rest_cannot_view","message":"Sorry, you cannot list resources.","data":{"status":401}}""");
        var (page, size) = (int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["per_page"]!, CultureInfo.InvariantCulture));
        var type = request.Path.Value switch
        {
            "/orders" => "order",
            "/customers" => "customer",
            _ => throw new InvalidOperationException($"Nobody expected {request.Path}."),
        };
        lock (changing)
        {
            var all = Sorted(type, request.Query["modified_after"]);
            var shown = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(body => body.DeepClone())]);
            return new StubAnswer(200, shown.ToJsonString()) { Headers = { ["X-WP-Total"] = $"{all.Count}" } };
        }
    }

    private List<JsonObject> Sorted(string type, string? modifiedAfter) =>
        [.. objects.Where(entry => entry.Key.Type == type).Select(entry => entry.Value)
            .Where(body => modifiedAfter is null || string.CompareOrdinal((string?)body["date_modified_gmt"], modifiedAfter) > 0)
            .OrderBy(body => type == "order" ? (string?)body["date_modified_gmt"] : "", StringComparer.Ordinal).ThenBy(body => (int)body["id"]!)];
}

/// <summary>An answer in the shop's place.</summary>
internal sealed record StubAnswer(int Status, string Body, string ContentType = "application/json")
{
    public Dictionary<string, string> Headers { get; } = [];
}

/// <summary>A state of an object, and the webhook that tells it.</summary>
internal sealed record StubWebhook(string Type, JsonObject Body, SimulatedDelivery Delivery);
