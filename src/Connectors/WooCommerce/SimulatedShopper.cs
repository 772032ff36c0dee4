using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>One person in the simulated shop, and how far they have come.</summary>
internal sealed class SimulatedShopper
{
    private static readonly string[][] Registered =
    [
        ["register", "order", "profile", "complete", "refund"],
        ["register", "order on hold", "pay", "complete", "profile"],
        ["register", "order", "subscribe", "renew", "unsubscribe"],
        ["register", "order failed", "pay", "complete"],
    ];

    private static readonly string[][] Guests = [["order", "complete"], ["order on hold", "cancel"], ["order", "complete", "refund"]];

    private static readonly string[] Return = ["order", "complete"];

    private readonly SimulatedPerson person;
    private readonly int customerId;
    private readonly Random random;
    private readonly string[] journey;
    private SimulatedOrder? order;
    private SimulatedOrder? subscription;
    private DateTimeOffset registeredAt;
    private int step;

    public SimulatedShopper(SimulatedPerson person, int userId, Random random)
    {
        this.person = person;
        this.random = random;
        var isGuest = person.Number % 3 == 2;
        customerId = isGuest ? 0 : userId;
        var journeys = isGuest ? Guests : Registered;
        journey = journeys[random.Next(journeys.Length)];
    }

    /// <summary>The next delivery about this person.</summary>
    /// <param name="now">The vendor's time.</param>
    /// <param name="nextId">Takes the next ids of the shop, ten at a time.</param>
    public (string Topic, JsonObject Body) Next(DateTimeOffset now, Func<int> nextId)
    {
        var next = step < journey.Length ? journey[step] : Return[(step - journey.Length) % Return.Length];
        step++;
        switch (next)
        {
            case "register":
                registeredAt = now;
                return ("customer.created", SimulatedBodies.Customer(person, customerId, registeredAt, now));
            case "profile":
                return ("customer.updated", SimulatedBodies.Customer(person, customerId, registeredAt, now));
            case "subscribe":
                subscription = new SimulatedOrder(nextId(), person, customerId, random, now) { Status = "active", PaidAt = now };
                return ("subscription.created", subscription.WriteSubscription(now));
            case "renew":
                return ("subscription.updated", Subscription.WriteSubscription(now));
            case "unsubscribe":
                Subscription.Status = "cancelled";
                return ("subscription.updated", Subscription.WriteSubscription(now));
            default:
                return next.StartsWith("order", StringComparison.Ordinal) ? Place(next, now, nextId()) : Change(next, now);
        }
    }

    private SimulatedOrder Subscription => subscription ?? throw new InvalidOperationException("The journey changes a subscription before it began.");

    private (string Topic, JsonObject Body) Place(string how, DateTimeOffset now, int id)
    {
        var (status, paidAt) = how switch
        {
            "order on hold" => ("on-hold", (DateTimeOffset?)null),
            "order failed" => ("failed", null),
            _ => ("processing", now.AddSeconds(14)),
        };
        order = new SimulatedOrder(id, person, customerId, random, now) { Status = status, PaidAt = paidAt };
        return ("order.created", order.Write(now.AddSeconds(15)));
    }

    private (string Topic, JsonObject Body) Change(string what, DateTimeOffset now)
    {
        var changed = order ?? throw new InvalidOperationException($"The journey tells {what} before an order.");
        if (what is "pay") changed.PaidAt = now;
        if (what is "refund") changed.IsPartlyRefunded = true;
        else changed.Status = what switch { "pay" => "processing", "cancel" => "cancelled", _ => "completed" };
        return ("order.updated", changed.Write(now));
    }
}
