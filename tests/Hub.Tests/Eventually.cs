using System.Diagnostics;

namespace IntegrationHub.Hub.Tests;

/// <summary>Waits for a condition instead of sleeping and hoping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s in vain until {what}.");
            await Task.Delay(Interval);
        }
    }

    /// <summary>Waits until a count is zero, as long as it changes: how fast that is, is the machine's matter.</summary>
    public static async Task ComesToZeroAsync(Func<long> count, string what)
    {
        var (last, watch) = (count(), Stopwatch.StartNew());
        for (var now = last; now != 0; now = count())
        {
            if (now != last) (last, watch) = (now, Stopwatch.StartNew());
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s at {now} in vain until {what}.");
            await Task.Delay(Interval);
        }
    }
}
