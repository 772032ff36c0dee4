using System.Globalization;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Plays the shop <c>northwind-demo.myshopify.com</c>: people sign up, subscribe, leave checkouts behind, order, pay late, cancel and get refunds.</summary>
public sealed class ShopifySimulator : IWebhookSimulator
{
    private const string Shop = "northwind-demo.myshopify.com";

    /// <inheritdoc/>
    public string Connector => "shopify";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var firstId = random.NextInt64(1_000_000, 9_000_000) * 1_000_000;
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var buyers = new SimulatedBuyer?[simulation.People];
        var orders = 0;
        for (var i = 0; i < simulation.Count; i++)
        {
            var number = turns[i % turns.Length];
            var buyer = buyers[number] ??= new SimulatedBuyer(simulation.Person(number), firstId + number, new Random(random.Next()));
            var time = Simulation.Time(i);
            var (topic, body) = buyer.Next(time, () => firstId + 500_000 + ++orders);
            yield return new SimulatedDelivery { Headers = Headers(topic, time, random.Next(), i), Body = body };
        }
    }

    private static Dictionary<string, string> Headers(string topic, DateTimeOffset time, int run, int number) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json",
        ["User-Agent"] = "Shopify-Captain-Hook",
        [ShopifyHeaders.Topic] = topic,
        [ShopifyHeaders.ShopDomain] = Shop,
        ["X-Shopify-API-Version"] = "2026-10",
        [ShopifyHeaders.WebhookId] = $"{run:x8}-0f1d-4c55-9d6e-{number:x12}",
        [ShopifyHeaders.EventId] = $"{run:x8}-7b5e-4a5e-8a50-{number:x12}",
        [ShopifyHeaders.TriggeredAt] = time.AddMilliseconds(2310).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    };
}
