namespace IntegrationHub.Bench;

/// <summary>How long each of many requests took, in milliseconds.</summary>
internal sealed class Percentiles
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public void Add(TimeSpan value) => values.Add(value.TotalMilliseconds);

    public void Add(Percentiles others) => values.AddRange(others.values);

    /// <param name="percent">0 to 100.</param>
    public double At(double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * percent / 100))];
    }

    public override string ToString() => $"{At(50):0.0} / {At(99):0.0}";
}
