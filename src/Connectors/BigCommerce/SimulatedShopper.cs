using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>One person in the simulated store, and how far they have come.</summary>
internal sealed class SimulatedShopper(SimulatedPerson person, SimulatedStore store, Random random)
{
    private static readonly string[][] Registered =
    [
        ["register", "subscribe", "order", "pay", "address", "complete", "refund", "cart"],
        ["register", "order", "pay", "message", "complete", "subscribe", "unsubscribe"],
        ["register", "cart", "order", "decline", "order", "pay", "subscribe", "complete"],
    ];

    private static readonly string[][] Guests = [["order", "pay", "complete", "cart"], ["subscribe", "order", "pay", "refund", "unsubscribe"]];

    private static readonly string[] Return = ["order", "pay", "complete"];

    private readonly string[] journey = person.Number % 3 == 2 ? Guests[random.Next(Guests.Length)] : Registered[random.Next(Registered.Length)];
    private int customerId;
    private DateTimeOffset registeredAt;
    private int subscriberId;
    private DateTimeOffset subscribedAt;
    private SimulatedOrder? order;
    private int step;

    /// <summary>The next delivery about this person.</summary>
    public (string Scope, JsonObject Data) Next(DateTimeOffset now)
    {
        var next = step < journey.Length ? journey[step] : Return[(step - journey.Length) % Return.Length];
        step++;
        return next switch
        {
            "register" => Register(now),
            "address" => MoveHouse(now),
            "subscribe" => Subscribe(now),
            "unsubscribe" => Unsubscribe(now),
            "cart" => LeaveCart(now),
            "order" => Order(now),
            _ => Change(next, now),
        };
    }

    private (string, JsonObject) Register(DateTimeOffset now)
    {
        (customerId, registeredAt) = (store.NextId(), now);
        store.Put($"/v3/customers/{customerId}", SimulatedBodies.Customer(person, customerId, registeredAt, hasAddress: false));
        return ("store/customer/created", Point("customer", customerId));
    }

    private (string, JsonObject) MoveHouse(DateTimeOffset now)
    {
        store.Put($"/v3/customers/{customerId}", SimulatedBodies.Customer(person, customerId, registeredAt, hasAddress: true));
        var data = Point("customer", SimulatedBodies.AddressId(customerId));
        data["address"] = new JsonObject { ["customer_id"] = customerId };
        return ("store/customer/address/created", data);
    }

    private (string, JsonObject) Subscribe(DateTimeOffset now)
    {
        (subscriberId, subscribedAt) = (store.NextId(), now);
        store.Put($"/v3/customers/subscribers/{subscriberId}", SimulatedBodies.Subscriber(person, subscriberId, subscribedAt, now, isIn: true));
        return ("store/subscriber/created", Point("subscriber", subscriberId));
    }

    private (string, JsonObject) Unsubscribe(DateTimeOffset now)
    {
        store.Put($"/v3/customers/subscribers/{subscriberId}", SimulatedBodies.Subscriber(person, subscriberId, subscribedAt, now, isIn: false));
        return ("store/subscriber/updated", Point("subscriber", subscriberId));
    }

    private (string, JsonObject) LeaveCart(DateTimeOffset now)
    {
        var id = SimulatedBodies.CartId(random);
        store.Put($"/v3/carts/{id}", SimulatedBodies.Cart(person, id, customerId, random, now));
        return ("store/cart/abandoned", new JsonObject { ["type"] = "cart", ["id"] = id });
    }

    private (string, JsonObject) Order(DateTimeOffset now)
    {
        order = new SimulatedOrder(store.NextId(), person, customerId, random, now);
        order.Put(store, now);
        return ("store/order/created", Point("order", order.Id));
    }

    private (string, JsonObject) Change(string what, DateTimeOffset now)
    {
        var changed = order ?? throw new InvalidOperationException($"The journey tells {what} before an order.");
        var before = changed.Status;
        var data = Point("order", changed.Id);
        var scope = changed.Change(what, now) ? "store/order/statusUpdated" : "store/order/updated";
        changed.Put(store, now);
        if (what == "message") return ("store/order/message/created", With(data, "message", "order_message_id", changed.Id));
        if (what == "refund") return ("store/order/refund/created", With(data, "refund", "refund_id", changed.Id));
        if (what == "decline")
            return ("store/order/transaction/created", new JsonObject { ["type"] = "transaction", ["order_id"] = changed.Id, ["transaction_id"] = $"{changed.Id}01" });
        data["status"] = new JsonObject { ["previous_status_id"] = before, ["new_status_id"] = changed.Status };
        return (scope, data);
    }

    private static JsonObject Point(string type, int id) => new() { ["type"] = type, ["id"] = id };

    private static JsonObject With(JsonObject data, string name, string member, int id)
    {
        data[name] = new JsonObject { [member] = id };
        return data;
    }
}
