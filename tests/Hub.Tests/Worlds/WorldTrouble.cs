namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What befalls a world while it is not kind: crashes, pauses, outages, clocks that are set.</summary>
internal sealed class WorldTrouble(World world, WorldTime time, WorldChance chance, WorldTally tally, WorldTrace trace)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestAwakening = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(8);

    /// <summary>Plans what happens, all of it over by the end of the span.</summary>
    public void Plan(TimeSpan span)
    {
        Often(4, span, "pause", wait => Pause(Until(wait, span, LongestPause)));
        Often(3, span, "outage of the database", wait => Outage(Until(wait, span, LongestOutage), away => world.Database.IsAway = away));
        Often(5, span, "clock set", _ => SetClock());
        if (!world.IsShared) return;
        Often(3, span, "outage of the broker", wait => Outage(Until(wait, span, LongestOutage), away => world.Bus.IsAway = away));
        Often(3, span, "restart of the broker", wait =>
        {
            world.Bus.Restart();
            Outage(Until(wait, span, TimeSpan.FromSeconds(1)), away => world.Bus.IsForgetful = away);
        });
    }

    private void Often(int most, TimeSpan span, string what, Action<TimeSpan> happen)
    {
        for (var times = chance.Next(most + 1); times > 0; times--)
        {
            var wait = chance.Span(span);
            time.After(wait, () =>
            {
                tally.Count(what);
                trace.Turn("world", what);
                happen(wait);
            });
        }
    }

    private TimeSpan Until(TimeSpan from, TimeSpan end, TimeSpan longest)
    {
        var span = chance.Span(longest);
        return from + span < end ? span : end - from;
    }

    // Some die just as they go on, when they do not know yet what they have missed.
    private void Pause(TimeSpan span)
    {
        if (world.Any() is not { } process) return;
        process.Thread.PausedUntil = time.Now + span;
        time.After(span, () => trace.Turn(process.Thread.Name, "end of a pause"));
        if (!chance.Once(3)) return;
        time.After(span + chance.Span(LongestAwakening), () =>
        {
            if (!chance.IsKind) world.Crash(process);
        });
    }

    private void Outage(TimeSpan span, Action<bool> set)
    {
        set(true);
        time.After(span, () =>
        {
            set(false);
            trace.Turn("world", "end of an outage");
        });
    }

    // By hours: what is put off by seconds waits longer when a clock is set back by less than what the hub takes for a leap.
    private void SetClock()
    {
        if (world.Any() is { } process) process.Clock.Error = TimeSpan.FromHours(chance.Next(-30, 31));
    }
}
