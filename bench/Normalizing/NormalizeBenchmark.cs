using BenchmarkDotNet.Attributes;

namespace IntegrationHub.Bench.Normalizing;

/// <summary>Normalizes a sample.</summary>
public class NormalizeBenchmark
{
    /// <summary>The largest sample of each connector.</summary>
    public static IEnumerable<Subject> Subjects => Subject.All;

    [ParamsSource(nameof(Subjects))]
    public Subject Subject { get; set; } = null!;

    [Benchmark]
    public int Normalize() => Subject.Run();
}
