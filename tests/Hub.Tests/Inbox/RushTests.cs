using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Tests.Configuration;

namespace IntegrationHub.Hub.Tests.Inbox;

public sealed class RushTests : IDisposable
{
    private static readonly TimeSpan Apart = Rush.Within / Rush.Arrivals;

    private readonly ManualTime time = new();
    private readonly InFlight inFlight;
    private readonly Stack<InFlight.Place> crowd = new();
    private readonly Rush rush;

    public RushTests()
    {
        inFlight = new InFlight(time);
        rush = new Rush(inFlight, time);
        while (crowd.Count < Rush.Crowd) crowd.Push(inFlight.Reserve("shop", 1) ?? throw new InvalidOperationException("There is no room."));
    }

    public void Dispose() => inFlight.Dispose();

    [Fact]
    public void Many_arrivals_at_once_are_a_rush_until_they_cease()
    {
        for (var arrived = 0; arrived < Rush.Arrivals - 1; arrived++) Arrive(Apart / 2);
        Assert.False(rush.IsOn);
        Arrive(Apart / 2);
        Assert.True(rush.IsOn);
        time.Advance(Rush.Within);
        Assert.False(rush.IsOn);
    }

    [Fact]
    public void What_is_merged_as_fast_as_it_comes_in_is_none()
    {
        Load(TimeSpan.FromSeconds(1));
        Assert.True(rush.IsOn);
        crowd.Pop().Dispose();
        Assert.False(rush.IsOn);
    }

    [Fact]
    public void Arrivals_further_apart_are_none()
    {
        for (var arrived = 0; arrived < 10 * Rush.Arrivals; arrived++)
        {
            Arrive(Apart * 1.1);
            Assert.False(rush.IsOn);
        }
    }

    [Fact]
    public void What_does_not_end_is_the_usual_load_and_only_after_a_calm_there_is_a_rush_again()
    {
        Load(Rush.Most - TimeSpan.FromMilliseconds(100));
        Assert.True(rush.IsOn);
        Load(TimeSpan.FromMilliseconds(200));
        Assert.False(rush.IsOn);
        time.Advance(Rush.Calm - TimeSpan.FromMilliseconds(100));
        Load(TimeSpan.FromSeconds(1));
        Assert.False(rush.IsOn);
        time.Advance(Rush.Calm + TimeSpan.FromMilliseconds(100));
        Load(TimeSpan.FromSeconds(1));
        Assert.True(rush.IsOn);
    }

    [Fact]
    public async Task Work_waits_a_moment_and_then_takes_its_step()
    {
        await rush.GiveWayAsync(CancellationToken.None);
        Load(TimeSpan.FromSeconds(1));
        var step = rush.GiveWayAsync(CancellationToken.None).AsTask();
        for (var waited = TimeSpan.Zero; waited < Rush.Patience - TimeSpan.FromMilliseconds(10); waited += TimeSpan.FromMilliseconds(10))
        {
            Load(TimeSpan.FromMilliseconds(10));
            Assert.False(step.IsCompleted);
        }
        await Eventually.HoldsAsync(() =>
        {
            Load(TimeSpan.FromMilliseconds(10));
            return step.IsCompleted;
        }, "the step is taken");
        Assert.True(rush.IsOn);
    }

    [Fact]
    public async Task Work_goes_on_as_soon_as_the_rush_is_over()
    {
        Load(TimeSpan.FromSeconds(1));
        var step = rush.GiveWayAsync(CancellationToken.None).AsTask();
        Assert.False(step.IsCompleted);
        time.Advance(Rush.Within);
        await step.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Who_is_told_to_stop_waits_no_longer()
    {
        using var stopping = new CancellationTokenSource();
        Load(TimeSpan.FromSeconds(1));
        var step = rush.GiveWayAsync(stopping.Token).AsTask();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
    }

    private void Load(TimeSpan length)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += Apart / 2) Arrive(Apart / 2);
    }

    private void Arrive(TimeSpan after)
    {
        time.Advance(after);
        rush.Arrive();
    }
}
