using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace IntegrationHub.Bench.Normalizing;

/// <summary>What it costs to turn one body into stamped events, for each connector.</summary>
internal sealed class NormalizeMeasurement : IMeasurement
{
    public string Name => "normalize";

    public string About => "from the bytes of a body to stamped events, the largest sample of each connector";

    public Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(6).WithIterationCount(plan.Rounds).WithIterationTime(TimeInterval.FromMilliseconds(150));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance).WithArtifactsPath(plan.Directory).AddColumnProvider(DefaultColumnProviders.Instance);
        var reports = BenchmarkRunner.Run<NormalizeBenchmark>(config).Reports
            .Select(report => ((Subject)report.BenchmarkCase.Parameters["Subject"], Micros: report.ResultStatistics?.Median / 1000 ?? throw new InvalidOperationException("A benchmark did not run."), report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)))
            .ToList();
        var order = reports.Find(report => report.Item1.Connector == Subject.Yardstick).Micros;
        var table = new Table("Normalizing one body", "Connector", "sample", "bytes", "events", "µs", "to Shopify's order", "allocated, KB");
        foreach (var (subject, micros, allocated) in reports)
            table.Add(subject.Connector, subject.Name, $"{subject.Bytes:#,0}", $"{subject.Run()}", $"{micros:#,0.0}", $"{micros / order:0.00}", $"{allocated / 1024.0:#,0.0}");
        return Task.FromResult<IReadOnlyList<Table>>([table]);
    }
}
