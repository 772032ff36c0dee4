using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>What the tests of the kit begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Arrival = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static WebhookRequest Post(string body = "{}") => Post(Encoding.UTF8.GetBytes(body));

    public static WebhookRequest Post(byte[] body) => new()
    {
        Method = "POST",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
        Body = body,
        ReceivedAt = Arrival,
    };

    public static WebhookRequest Get(string query = "") => Post("") with { Method = "GET", Query = query };

    public static WebhookDelivery Delivery(string body = "{}") => new()
    {
        Connection = "shop_eu",
        Connector = "shopify",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Topic"] = "orders/paid", ["X-Empty"] = "" },
        Body = Encoding.UTF8.GetBytes(body),
        ReceivedAt = Arrival,
    };

    public static Payload Json(string json) => Payload.Parse(Encoding.UTF8.GetBytes(json));

    public static FormPayload Form(string body) => FormPayload.Parse(Encoding.UTF8.GetBytes(body));

    /// <summary>Copies of a body in which one to four bytes were changed, taken out, put in or doubled.</summary>
    public static IEnumerable<byte[]> Mutations(byte[] body, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            List<byte> mutated = [.. body];
            for (var changes = random.Next(1, 5); changes > 0; changes--) Mutate(mutated, random);
            yield return [.. mutated];
        }
    }

    private static void Mutate(List<byte> body, Random random)
    {
        var position = random.Next(body.Count);
        switch (random.Next(5))
        {
            case 0:
                body[position] = (byte)random.Next(256);
                break;
            case 1:
                body[position] ^= (byte)(1 << random.Next(8));
                break;
            case 2 when body.Count > 1:
                body.RemoveAt(position);
                break;
            case 3:
                body.Insert(position, "{}[]\",:\\u0+-.eE%&= \n"u8[random.Next(20)]);
                break;
            default:
                var length = random.Next(1, Math.Min(20, body.Count - position) + 1);
                body.InsertRange(random.Next(body.Count), body.GetRange(position, length));
                break;
        }
    }
}
