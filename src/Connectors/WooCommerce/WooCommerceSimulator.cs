namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Plays the shop <c>shop.example.org</c>: people register or stay guests, order, pay at once, late or never, get money back, and subscribe.</summary>
public sealed class WooCommerceSimulator : IWebhookSimulator
{
    internal const string Site = "https://shop.example.org/";

    // Each topic has a webhook of its own, as in the shop's settings.
    private static readonly string[] Webhooks = ["customer.created", "customer.updated", "order.created", "order.updated", "subscription.created", "subscription.updated"];

    /// <inheritdoc/>
    public string Connector => "woocommerce";

    /// <summary>The ping of a webhook that is activated.</summary>
    public IReadOnlyList<SimulatedProbe> Probes { get; } =
    [
        new SimulatedProbe("POST")
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/x-www-form-urlencoded" },
            Body = "webhook_id=11"u8.ToArray(),
        },
    ];

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var turns = Enumerable.Range(0, simulation.People).ToArray();
        random.Shuffle(turns);
        var shoppers = new SimulatedShopper?[simulation.People];
        var posts = 700;
        for (var i = 0; i < simulation.Count; i++)
        {
            var number = turns[i % turns.Length];
            var shopper = shoppers[number] ??= new SimulatedShopper(simulation.Person(number), number + 25, new Random(random.Next()));
            // Orders, their lines, refunds and coupons are numbered together.
            var (topic, body) = shopper.Next(Simulation.Time(i), () => posts += 10);
            yield return new SimulatedDelivery { Headers = Headers(topic, random), Body = PhpJson.Write(body) };
        }
    }

    private static Dictionary<string, string> Headers(string topic, Random random) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json",
        ["User-Agent"] = "WooCommerce/10.9.1 Hookshot (WordPress/6.9)",
        [WooCommerceConnector.SiteHeader] = Site,
        [WooCommerceConnector.TopicHeader] = topic,
        ["X-WC-Webhook-Resource"] = topic.Split('.')[0],
        ["X-WC-Webhook-Event"] = topic.Split('.')[1],
        ["X-WC-Webhook-ID"] = $"{11 + Array.IndexOf(Webhooks, topic)}",
        [WooCommerceConnector.DeliveryHeader] = $"{random.NextInt64():x16}{random.NextInt64():x16}",
    };
}
