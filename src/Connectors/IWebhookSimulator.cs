namespace IntegrationHub.Connectors;

/// <summary>A connector that can play its vendor: for the demo, load and drills. The class stands in the vendor's folder and has no constructor parameters.</summary>
public interface IWebhookSimulator
{
    /// <summary>Key of the connector that it plays.</summary>
    string Connector { get; }

    /// <summary>Realistic deliveries, unsigned, in the order of their vendor times: the same simulation always gives the same bytes.</summary>
    IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation);

    /// <summary>What the vendor sends without a proof before it sends events; none where it sends nothing of the kind.</summary>
    IReadOnlyList<SimulatedProbe> Probes => [];
}

/// <summary>A request by which a vendor looks whether somebody is there.</summary>
/// <param name="Method">HTTP method in upper case.</param>
public sealed record SimulatedProbe(string Method)
{
    /// <summary>Headers; none when there is no body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The query string of the address that it goes to, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>One delivery as the vendor would send it, before it is signed.</summary>
public sealed record SimulatedDelivery
{
    /// <summary>Headers without the signature; <c>Content-Type</c> included.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The query string of the address that it goes to, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>What to simulate.</summary>
/// <param name="seed">The same seed gives the same people and deliveries.</param>
/// <param name="count">How many deliveries; at least 1.</param>
/// <param name="people">How many people they concern; at least 1. The first people are the same in every tool.</param>
public sealed class Simulation(int seed, int count, int people)
{
    /// <summary>The vendor time of the first delivery.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>How many deliveries.</summary>
    public int Count { get; } = count;

    /// <summary>How many people.</summary>
    public int People { get; } = people;

    /// <summary>Random numbers that depend on the seed and the vendor alone.</summary>
    public Random Random(string vendor) => new(HashCode(vendor) ^ seed);

    /// <summary>The vendor time of a delivery: whole seconds, later for a higher number.</summary>
    /// <param name="number">0 to <see cref="Count"/> - 1.</param>
    public static DateTimeOffset Time(int number) => Start.AddSeconds(number * 37L);

    /// <summary>One of the people; the same number and seed always give the same person.</summary>
    /// <param name="number">0 to <see cref="People"/> - 1.</param>
    public SimulatedPerson Person(int number) => SimulatedPerson.Create(seed, number);

    // string.GetHashCode differs between processes.
    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
