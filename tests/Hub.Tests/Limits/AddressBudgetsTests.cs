using System.Net;
using IntegrationHub.Hub.Limits;
using IntegrationHub.Hub.Tests.Configuration;

namespace IntegrationHub.Hub.Tests.Limits;

public sealed class AddressBudgetsTests
{
    [Fact]
    public void Budget_is_spent_at_once_and_fills_up_with_time()
    {
        var time = new ManualTime();
        var budgets = new AddressBudgets(burst: 3, TimeSpan.FromSeconds(10), time);
        Assert.Equal([true, true, true, false], Takes(budgets, 4));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(budgets.Has("198.51.100.7"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, false], Takes(budgets, 2));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([true, true, true, false], Takes(budgets, 4));
    }

    [Fact]
    public void Flood_of_addresses_leaves_another_one_its_budget()
    {
        var budgets = new AddressBudgets(burst: 1, TimeSpan.FromHours(1), new ManualTime());
        for (var i = 0; i < 1_000; i++) budgets.TryTake($"flood-{i}");
        // Of some 1,000 others, those that share both places with somebody of the flood are counted with it: 1,000² / 16,384² of them.
        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => budgets.Has($"other-{i}")), 980, 1_000);
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    public void Address_of_ipv6_counts_by_its_first_half(string address, string counted) => Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)));

    private static IEnumerable<bool> Takes(AddressBudgets budgets, int count) => [.. Enumerable.Range(0, count).Select(_ => budgets.TryTake("198.51.100.7"))];
}
