using System.Diagnostics;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>Runs something within bounds of time and memory.</summary>
internal static class Effort
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // What is allocated in all, for each byte of the input and besides: 10 MB may cost 200 MB.
    private const int BytesForEach = 20;
    private const long BytesBesides = 64 * 1024 * 1024;

    /// <summary>What it gives, or the fault: it throws, takes long, or takes much.</summary>
    public static Outcome Measure(FuzzInput input, Func<Outcome> run)
    {
        var (outcome, elapsed, allocated) = Once(run);
        // The machine may have been busy: what is slow is slow again.
        for (var again = 0; again < 2 && elapsed > Longest; again++) elapsed = Once(run).Elapsed;
        if (elapsed > Longest) return Outcome.Broken(new Finding("takes long", $"{elapsed.TotalSeconds:F1} s for {input.Size} bytes"));
        if (allocated > BytesBesides + ((long)BytesForEach * input.Size)) return Outcome.Broken(new Finding("takes much memory", $"{allocated / 1024 / 1024} MiB for {input.Size} bytes"));
        return outcome;
    }

    private static (Outcome Outcome, TimeSpan Elapsed, long Allocated) Once(Func<Outcome> run)
    {
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        Outcome outcome;
        try
        {
            outcome = run();
        }
        catch (Exception exception)
        {
            outcome = Outcome.Broken(Finding.Of(exception));
        }
        return (outcome, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
