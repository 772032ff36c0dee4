namespace IntegrationHub.Bench;

/// <summary>The values that one case had in the rounds.</summary>
internal sealed class Series
{
    private readonly List<double> values = [];

    public void Add(double value) => values.Add(value);

    /// <summary>The middle value: what other work on the machine does to a few rounds does not move it.</summary>
    public double Median
    {
        get
        {
            var sorted = values.Order().ToList();
            return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public string ToString(string format) => $"{Median.ToString(format)} ({values.Min().ToString(format)} to {values.Max().ToString(format)})";

    public override string ToString() => ToString("#,0");
}
