using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IntegrationHub.Bench;

/// <summary>Runs measurements one after the other, and prints their tables.</summary>
internal sealed class Session(Plan plan, IReadOnlyList<IMeasurement> measurements)
{
    /// <param name="names">Beginnings of names; all measurements when empty.</param>
    /// <returns>0, or 1 when a name fits no measurement.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.FirstOrDefault(name => !measurements.Any(measurement => Fits(measurement, name))) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no measurement '{unknown}'. There are: {string.Join(", ", measurements.Select(measurement => measurement.Name))}.");
            return 1;
        }
        var started = Stopwatch.GetTimestamp();
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors; medians of {plan.Rounds} rounds, lowest and highest in brackets");
        Directory.CreateDirectory(plan.Directory);
        try
        {
            foreach (var measurement in measurements.Where(measurement => names.Count == 0 || names.Any(name => Fits(measurement, name))))
                await RunAsync(measurement, cancellationToken);
        }
        finally
        {
            if (!plan.KeepsGrown) Directory.Delete(plan.Directory, recursive: true);
        }
        Console.WriteLine($"\nAll in {Stopwatch.GetElapsedTime(started):m\\:ss} minutes.");
        return 0;
    }

    private async Task RunAsync(IMeasurement measurement, CancellationToken cancellationToken)
    {
        Progress.Report($"{measurement.Name}: {measurement.About}");
        var started = Stopwatch.GetTimestamp();
        foreach (var table in await measurement.RunAsync(plan, cancellationToken)) Console.Write($"\n{table}");
        Progress.Report($"{measurement.Name}: {Stopwatch.GetElapsedTime(started):m\\:ss} minutes");
    }

    private static bool Fits(IMeasurement measurement, string name) => measurement.Name.StartsWith(name, StringComparison.Ordinal);
}
