using IntegrationHub.Hub.Decisions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>Decisions about the people of <see cref="Histories"/>.</summary>
internal static class InventedDecisions
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A decision made at noon, the next one a minute later.</summary>
    public static StoredDecision Create(Random random, int seed, int number) => Create(random, seed, number, Noon.AddMinutes(number));

    public static StoredDecision Create(Random random, int seed, int number, DateTimeOffset madeAt)
    {
        Decision decision = random.Next(4) switch
        {
            0 => new MustLink(Node(random), Node(random)),
            1 => new CannotLink(Node(random), Node(random)),
            2 => new BlockValue(Node(random)),
            _ => new PinField(Node(random), random.Next(2) == 0 ? "firstName" : "city", "Pinned" + number),
        };
        return new StoredDecision(new Guid(seed, (short)number, 7, new byte[8]), decision, "test", null, madeAt, null);
    }

    private static string Node(Random random) => random.Next(5) switch
    {
        0 => $"customer:{(random.Next(2) == 0 ? "shop" : "forms")}:c{random.Next(7)}",
        1 => "phone:+4922155501" + random.Next(10, 14),
        2 => "user:u" + random.Next(3),
        _ => $"email:p{random.Next(6)}@shop.example",
    };
}
