using System.Diagnostics;

namespace IntegrationHub.Hub.Tests;

/// <summary>Waits for a condition instead of sleeping and hoping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s in vain until {what}.");
            await Task.Delay(20);
        }
    }
}
