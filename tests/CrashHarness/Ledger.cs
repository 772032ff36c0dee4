using System.Globalization;
using IntegrationHub.Connectors;

namespace IntegrationHub.CrashHarness;

/// <summary>What was acknowledged, kept outside of the hub.</summary>
internal sealed class Ledger
{
    private readonly Lock gate = new();
    private readonly Dictionary<SimulatedDelivery, string?> acknowledged = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<string> doubts = [];

    /// <summary>Distinct deliveries that were answered with success.</summary>
    public int Count
    {
        get
        {
            lock (gate) return acknowledged.Count;
        }
    }

    /// <summary>Ids that were answered, each of another delivery.</summary>
    public IReadOnlyList<long> Ids
    {
        get
        {
            lock (gate) return [.. ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture))];
        }
    }

    /// <summary>A delivery was answered as new.</summary>
    public void Accepted(SimulatedDelivery delivery, string? id)
    {
        lock (gate)
        {
            if (acknowledged.TryGetValue(delivery, out var before)) doubts.Add($"a delivery was acknowledged as {before ?? "known"} and then as new again, as {id}");
            acknowledged[delivery] = id;
            if (id is not null && !ids.Add(id)) doubts.Add($"two deliveries were acknowledged as {id}");
        }
    }

    /// <summary>A delivery was answered as known: its first answer may have been lost on the way.</summary>
    public void Known(SimulatedDelivery delivery)
    {
        lock (gate) acknowledged.TryAdd(delivery, null);
    }

    public bool Has(SimulatedDelivery delivery)
    {
        lock (gate) return acknowledged.ContainsKey(delivery);
    }

    /// <summary>Answers that contradict each other; each is told once.</summary>
    public IReadOnlyList<string> TakeDoubts()
    {
        lock (gate)
        {
            List<string> taken = [.. doubts];
            doubts.Clear();
            return taken;
        }
    }
}
