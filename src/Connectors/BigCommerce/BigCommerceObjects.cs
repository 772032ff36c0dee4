using System.Text.Json;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Fetches objects. An order comes in pieces: they are put into its body, so that each piece is told with buyer and currency.</summary>
internal static class BigCommerceObjects
{
    public const string Customer = "customer";
    public const string Address = "customer_address";
    public const string Subscriber = "subscriber";
    public const string Cart = "cart";
    public const string Order = "order";
    public const string Refunds = "order_refunds";
    public const string Transactions = "order_transactions";
    public const string Messages = "order_messages";

    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IBigCommerceApi store, CancellationToken cancellationToken)
    {
        var (type, id) = reference;
        switch (type)
        {
            case Customer or Address:
                var customers = await store.CustomerAsync(id.Split('/')[0], cancellationToken);
                return [.. customers["data"].Items().Take(1).Select(customer => new VendorObject(type, id, customer))];
            case Subscriber:
                return [new VendorObject(type, id, (await store.SubscriberAsync(id, cancellationToken))["data"])];
            case Cart:
                return [new VendorObject(type, id, (await store.CartAsync(id, cancellationToken))["data"])];
            default:
                var order = await store.OrderAsync(id, cancellationToken);
                return [await WholeAsync(reference, order, store, cancellationToken)];
        }
    }

    /// <summary>An order with the pieces that its reference asks for, and with its coupons where it says that there are some.</summary>
    public static async Task<VendorObject> WholeAsync(ObjectReference reference, Payload order, IBigCommerceApi store, CancellationToken cancellationToken)
    {
        var (type, id) = reference;
        Dictionary<string, Payload> pieces = new(StringComparer.Ordinal);
        if (order["coupon_discount"].Decimal() is > 0) pieces["coupons"] = await store.CouponsAsync(id, cancellationToken);
        if (type == Refunds) pieces["refunds"] = (await store.RefundsAsync(id, cancellationToken))["data"];
        if (type == Transactions) pieces["transactions"] = (await store.TransactionsAsync(id, cancellationToken))["data"];
        if (type == Messages) pieces["messages"] = await store.MessagesAsync(id, cancellationToken);
        return new VendorObject(reference, Put(order, pieces));
    }

    private static ReadOnlyMemory<byte> Put(Payload order, Dictionary<string, Payload> pieces)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in order.Members().Where(member => !pieces.ContainsKey(member.Name)))
                Write(writer, name, value);
            foreach (var (name, value) in pieces) Write(writer, name, value);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, Payload value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Raw().Span);
    }
}
