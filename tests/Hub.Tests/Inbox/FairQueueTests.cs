using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Tests.Inbox;

public sealed class FairQueueTests
{
    [Fact]
    public void Short_line_waits_for_one_of_each_long_line_at_most()
    {
        var queue = new FairQueue<string>();
        for (var i = 0; i < 1000; i++) queue.Add("a", $"a{i}");
        for (var i = 0; i < 1000; i++) queue.Add("b", $"b{i}");
        queue.Add("c", "c0");
        Assert.Equal(["a0", "b0", "c0", "a1", "b1", "a2"], Take(queue, 6));
        queue.Add("c", "c1");
        Assert.Contains("c1", Take(queue, 3));
    }

    [Fact]
    public void Each_item_is_taken_once_and_in_the_order_of_its_line()
    {
        const int seed = 11;
        var random = new Random(seed);
        var queue = new FairQueue<(string Line, int Number)>();
        Dictionary<string, int> added = [], taken = [];
        for (var step = 0; step < 20_000; step++)
        {
            var line = $"line{random.Next(7)}";
            if (random.Next(2) == 0)
            {
                queue.Add(line, (line, added.GetValueOrDefault(line)));
                added[line] = added.GetValueOrDefault(line) + 1;
            }
            else if (queue.TryTake(out var item))
            {
                Assert.Equal(taken.GetValueOrDefault(item.Line), item.Number);
                taken[item.Line] = item.Number + 1;
            }
        }
        while (queue.TryTake(out var item)) taken[item.Line] = item.Number + 1;
        Assert.Equal(added.OrderBy(line => line.Key, StringComparer.Ordinal), taken.OrderBy(line => line.Key, StringComparer.Ordinal));
    }

    private static List<string> Take(FairQueue<string> queue, int count)
    {
        List<string> taken = [];
        while (taken.Count < count && queue.TryTake(out var item)) taken.Add(item);
        return taken;
    }
}
