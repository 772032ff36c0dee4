using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Tests.Configuration;

namespace IntegrationHub.Hub.Tests.Inbox;

public sealed class PrecedenceTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly InFlight inFlight;
    private readonly Precedence precedence;

    public PrecedenceTests()
    {
        inFlight = new InFlight(time);
        precedence = new Precedence(inFlight, time);
    }

    public void Dispose() => inFlight.Dispose();

    [Fact]
    public void What_is_behind_gives_way_for_half_a_second_after_another_came_in()
    {
        precedence.Note("forms", isBehind: true);
        Assert.False(precedence.IsClaimed);
        precedence.Arrive("shop");
        Assert.True(precedence.IsClaimed);
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.True(precedence.IsClaimed);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(precedence.IsClaimed);
    }

    [Fact]
    public void Nothing_gives_way_to_what_is_behind_itself()
    {
        precedence.Note("forms", isBehind: true);
        precedence.Arrive("forms");
        Assert.False(precedence.IsClaimed);
    }

    [Fact]
    public void Connection_has_caught_up_when_less_was_found_than_asked_for_or_nothing_waits()
    {
        foreach (var name in new[] { "forms", "shop", "mail" }) precedence.Note(name, isBehind: true);
        precedence.Note("forms", isBehind: false);
        precedence.NoteAll(["forms", "mail"]);
        Assert.Equal((false, false, true), (precedence.IsBehind("forms"), precedence.IsBehind("shop"), precedence.IsBehind("mail")));
    }
}
