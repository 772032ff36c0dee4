using IntegrationHub.Connectors;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Tests.Vendors;

public sealed class CallBudgetTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void No_stretch_of_the_limits_length_holds_more_calls_than_allowed_and_none_waits_for_longer_than_it_must()
    {
        foreach (var seed in Enumerable.Range(1, 100))
        {
            var random = new Random(seed);
            var limit = new CallLimit(random.Next(1, 8), TimeSpan.FromSeconds(random.Next(1, 15)));
            var starts = Starts(new CallBudget(limit, time), random, TimeSpan.FromMinutes(2));
            for (var call = limit.Calls; call < starts.Count; call++)
            {
                var apart = starts[call].Start - starts[call - limit.Calls].Start;
                Assert.True(apart >= limit.Per, $"Seed {seed}: {limit.Calls + 1} calls within {apart}; {limit.Per} is the least.");
                Assert.True(apart == limit.Per || starts[call].Start == starts[call].Asked, $"Seed {seed}: a call waited although there was room.");
            }
            Assert.True(starts.Count > limit.Calls, $"Seed {seed}: {starts.Count} calls.");
        }
    }

    [Fact]
    public async Task Calls_within_the_limit_wait_for_nothing_and_the_next_one_for_the_first_to_be_past()
    {
        var budget = new CallBudget(new CallLimit(3, TimeSpan.FromSeconds(10)), time);
        for (var call = 0; call < 3; call++) Assert.True(budget.TakeAsync(CancellationToken.None).IsCompletedSuccessfully);
        time.Advance(TimeSpan.FromSeconds(4));
        var fourth = budget.TakeAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(fourth.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await fourth;
    }

    [Fact]
    public void Call_that_would_wait_too_long_is_turned_away_with_the_time_to_come_back()
    {
        var budget = new CallBudget(new CallLimit(1, TimeSpan.FromSeconds(45)), time);
        Assert.True(budget.TakeAsync(CancellationToken.None).IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        var turnedAway = Assert.Throws<VendorException>(() => { _ = budget.TakeAsync(CancellationToken.None); });
        Assert.Equal((VendorFault.Throttled, "the vendor's limit of 1 calls in 45 s is used up", TimeSpan.FromSeconds(40)), (turnedAway.Fault, turnedAway.Message, turnedAway.RetryAfter));
    }

    [Fact]
    public void Pause_that_the_vendor_asks_for_holds_for_everybody()
    {
        var budget = new CallBudget(new CallLimit(10, TimeSpan.FromSeconds(1)), time);
        budget.Rest(TimeSpan.FromMinutes(2));
        budget.Rest(TimeSpan.FromSeconds(1));
        Assert.Equal(("the vendor has asked for a pause", TimeSpan.FromMinutes(2)),
            Assert.Throws<VendorException>(() => { _ = budget.TakeAsync(CancellationToken.None); }) is var refused ? (refused.Message, refused.RetryAfter) : default);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(budget.TakeAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void Clock_that_is_set_back_stops_nobody()
    {
        var budget = new CallBudget(new CallLimit(1, TimeSpan.FromSeconds(10)), time);
        Assert.True(budget.TakeAsync(CancellationToken.None).IsCompleted);
        time.Set(time.GetUtcNow() - TimeSpan.FromDays(1));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(budget.TakeAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void Limit_that_is_configured_anew_counts_what_was_called()
    {
        var budget = new CallBudget(new CallLimit(10, TimeSpan.FromMinutes(1)), time);
        for (var call = 0; call < 3; call++) Assert.True(budget.TakeAsync(CancellationToken.None).IsCompleted);
        budget.Allow(new CallLimit(3, TimeSpan.FromMinutes(1)));
        Assert.Throws<VendorException>(() => { _ = budget.TakeAsync(CancellationToken.None); });
    }

    /// <summary>When calls that are asked for at random were let through, in this order.</summary>
    private List<(TimeSpan Asked, TimeSpan Start)> Starts(CallBudget budget, Random random, TimeSpan length)
    {
        List<(TimeSpan Asked, Task Taken)> waiting = [];
        List<(TimeSpan Asked, TimeSpan Start)> starts = [];
        var tick = TimeSpan.FromMilliseconds(100);
        for (var now = TimeSpan.Zero; now < length; now += tick, time.Advance(tick))
        {
            for (var calls = random.Next(0, 10) / 7; calls > 0; calls--)
            {
                try
                {
                    waiting.Add((now, budget.TakeAsync(CancellationToken.None)));
                }
                catch (VendorException exception)
                {
                    Assert.True(exception.RetryAfter > CallBudget.LongestWait);
                }
            }
            starts.AddRange(waiting.Where(call => call.Taken.IsCompleted).Select(call => (call.Asked, now)));
            waiting.RemoveAll(call => call.Taken.IsCompleted);
        }
        return starts;
    }
}
