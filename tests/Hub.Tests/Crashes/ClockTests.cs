using System.Diagnostics;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Crashes;

/// <summary>The clock of a hub is set while webhooks come in: nothing waits for a time that is over or far away.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(400 * 24)]
    [InlineData(-400 * 24)]
    public async Task A_clock_that_is_set_and_set_back_under_load_holds_nothing_up(int hours)
    {
        var time = new ShiftedTime(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(customize: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var plan = hub.Plan(count: 600, people: 120, seed: 11);
        using var sender = new WebhookSender(hub.Http.BaseAddress!, time, TestHub.PublicUrl);
        var answered = 0;
        await new SimulationRun(sender, TimeProvider.System).RunAsync(plan, null, () =>
        {
            var number = Interlocked.Increment(ref answered);
            if (number == 200) time.Advance(TimeSpan.FromHours(hours));
            if (number == 400) time.Advance(TimeSpan.FromHours(-hours));
        }, CancellationToken.None);
        time.Advance(TimeSpan.FromHours(hours));

        var watch = Stopwatch.StartNew();
        using (var ready = await hub.Http.GetAsync("/health/ready")) Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
        // What was on its way when the clock was set may have been refused as stale: the vendors send it again.
        var again = await new SimulationRun(sender, TimeProvider.System).RunAsync(plan, null, () => { }, CancellationToken.None);
        Assert.Equal(0, again.Refused + again.Failed);
        await hub.SettleAsync();
        Assert.True(watch.Elapsed < RecoveryTime, $"It took {watch.Elapsed.TotalSeconds:F1} s until all was in the record.");

        await using var calm = await TestHub.StartAsync();
        await calm.SimulateAsync(plan);
        Assert.Equal(calm.CanonicalExport(), hub.CanonicalExport());
    }
}
