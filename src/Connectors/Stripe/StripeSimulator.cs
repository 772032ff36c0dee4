using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Plays a Stripe account: buyers at Checkout, buyers over the API, and subscribers with and without a trial, each in a story that repeats.</summary>
public sealed class StripeSimulator : IWebhookSimulator
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json; charset=utf-8",
        ["User-Agent"] = "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    };

    // What happens, and to which of the objects of one round of the story.
    private static readonly (string Topic, int Item)[][] Stories =
    [
        [
            ("checkout.session.completed", 0), ("checkout.session.completed", 1), ("customer.updated", 0), ("checkout.session.expired", 2),
            ("checkout.session.completed", 3), ("charge.refunded", 3), ("checkout.session.completed", 4), ("checkout.session.completed", 5),
        ],
        [
            ("customer.subscription.created", 0), ("invoice.paid", 0), ("invoice.finalized", 1), ("invoice.paid", 1), ("customer.subscription.updated", 0),
            ("invoice.payment_failed", 2), ("invoice.paid", 2), ("customer.updated", 0), ("customer.subscription.deleted", 0),
        ],
        [
            ("payment_intent.payment_failed", 0), ("payment_intent.succeeded", 0), ("payment_intent.succeeded", 1), ("customer.updated", 0), ("payment_intent.succeeded", 2),
            ("refund.created", 2), ("payment_intent.succeeded", 3), ("payment_intent.succeeded", 4), ("charge.dispute.created", 4),
        ],
        [
            ("checkout.session.completed", 0), ("customer.subscription.created", 1), ("customer.subscription.trial_will_end", 1), ("customer.discount.created", 1),
            ("invoice.paid", 1), ("customer.subscription.updated", 1), ("invoice.sent", 2), ("invoice.paid", 2), ("customer.subscription.deleted", 1),
        ],
    ];

    /// <inheritdoc/>
    public string Connector => "stripe";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random("stripe");
        var account = string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))));
        var output = new ArrayBufferWriter<byte>(8192);
        for (var number = 0; number < simulation.Count; number++)
        {
            var objects = new SimulatedObjects(simulation.Person(number % simulation.People), account, Simulation.Time(number));
            output.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(output, Indented)) Event(objects, number, number / simulation.People).WriteTo(writer);
            yield return new SimulatedDelivery { Headers = Headers, Body = output.WrittenSpan.ToArray() };
        }
    }

    private static JsonObject Event(SimulatedObjects objects, int number, int step)
    {
        var story = Stories[objects.Person.Number % Stories.Length];
        var (topic, item) = step == 0 ? ("customer.created", 0) : story[(step - 1) % story.Length];
        var round = step == 0 ? 0 : (step - 1) / story.Length;
        var byRequest = topic is "customer.updated" or "refund.created";
        var content = new JsonObject { ["object"] = Object(objects, topic, (round * 10) + item) };
        if (topic.EndsWith(".updated", StringComparison.Ordinal)) content["previous_attributes"] = Previous(topic);
        return new JsonObject
        {
            ["id"] = $"evt_{objects.Account}{number:D8}",
            ["object"] = "event",
            ["api_version"] = "2026-10-28.endive",
            ["created"] = objects.At.ToUnixTimeSeconds(),
            ["data"] = content,
            ["livemode"] = true,
            ["pending_webhooks"] = 1,
            ["request"] = new JsonObject
            {
                ["id"] = byRequest ? $"req_{objects.Account}{number:D8}" : null,
                ["idempotency_key"] = byRequest ? $"{objects.Account}-{number:D8}" : null,
            },
            ["type"] = topic,
        };
    }

    private static JsonObject Object(SimulatedObjects objects, string topic, int number) => topic switch
    {
        "customer.created" or "customer.updated" => objects.Customer(),
        "customer.discount.created" => objects.Discount(number),
        "checkout.session.completed" => objects.Session(number, completed: true),
        "checkout.session.expired" => objects.Session(number, completed: false),
        "payment_intent.succeeded" => objects.Intent(number, succeeded: true),
        "payment_intent.payment_failed" => objects.Intent(number, succeeded: false),
        "charge.refunded" => objects.RefundedCharge(number),
        "refund.created" => objects.Refund(number),
        "charge.dispute.created" => objects.Dispute(number),
        "customer.subscription.created" when objects.Person.Number % Stories.Length == 3 => objects.Subscription(number, "trialing"),
        "customer.subscription.trial_will_end" => objects.Subscription(number, "trialing"),
        "customer.subscription.deleted" => objects.Subscription(number, "canceled"),
        "customer.subscription.created" or "customer.subscription.updated" => objects.Subscription(number, "active"),
        "invoice.paid" => objects.Invoice(number, "paid"),
        _ => objects.Invoice(number, "open"),
    };

    private static JsonObject Previous(string topic) => topic is "customer.updated"
        ? new JsonObject { ["metadata"] = new JsonObject { ["newsletter"] = null } }
        : new JsonObject { ["latest_invoice"] = "in_previous" };
}
