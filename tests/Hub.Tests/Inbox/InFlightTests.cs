using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Tests.Configuration;

namespace IntegrationHub.Hub.Tests.Inbox;

public sealed class InFlightTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly InFlight inFlight;

    public InFlightTests() => inFlight = new InFlight(time);

    public void Dispose() => inFlight.Dispose();

    [Fact]
    public void One_connection_can_not_take_the_places_of_others()
    {
        var places = Enumerable.Range(0, 100_000).Select(_ => inFlight.Reserve("greedy", 10)).TakeWhile(place => place is not null).ToList();
        Assert.InRange(places.Count, 1, 2048);
        Assert.NotNull(inFlight.Reserve("modest", 10));
        places[0]!.Dispose();
        Assert.NotNull(inFlight.Reserve("greedy", 10));
    }

    [Fact]
    public void Large_bodies_wait_on_disk()
    {
        const int size = 10 << 20;
        var places = Enumerable.Range(0, 100).Select(i => inFlight.Reserve($"shop{i}", size)).OfType<InFlight.Place>().ToList();
        Assert.InRange(places.Count * (long)size, 1, 64 << 20);
        Assert.Equal(0, inFlight.RoomFor("other"));
        places.ForEach(place => place.Dispose());
        Assert.True(inFlight.RoomFor("other") > 0);
    }

    [Fact]
    public void Place_that_was_given_back_twice_counts_once()
    {
        var before = inFlight.RoomFor("shop");
        var place = inFlight.Reserve("shop", 1)!;
        Assert.True(inFlight.Hold(1, place));
        Assert.False(inFlight.Hold(1, inFlight.Reserve("shop", 1)!));
        inFlight.Release(1);
        inFlight.Release(1);
        place.Dispose();
        Assert.Equal(before, inFlight.RoomFor("shop"));
    }

    [Fact]
    public async Task Message_is_lost_when_later_ones_came_through_or_none_did()
    {
        await SendAsync(1);
        time.Advance(TimeSpan.FromSeconds(8));
        await SendAsync(2);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(inFlight.Lost());
        inFlight.Release(2);
        Assert.Empty(inFlight.Lost());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([1], inFlight.Lost());
        inFlight.Release(1);
        await SendAsync(3);
        time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal([3], inFlight.Lost());
    }

    [Fact]
    public async Task Slow_bus_loses_nothing()
    {
        for (var id = 1; id <= 60; id++)
        {
            await SendAsync(id);
            time.Advance(TimeSpan.FromSeconds(1));
            // Each comes through half a minute after it was sent.
            if (id > 30) inFlight.Release(id - 30);
            if (id > 40) Assert.Empty(inFlight.Lost());
        }
    }

    private async Task SendAsync(long id)
    {
        Assert.True(inFlight.Hold(id, inFlight.Reserve("shop", 1)!));
        await inFlight.EnterAsync(CancellationToken.None);
        inFlight.Send(id);
    }
}
