using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>The tools: they send each delivery several times, in any order, to any process, and again until it is acknowledged.</summary>
internal sealed class WorldSenders(WorldStory story, WorldTime time, WorldChance chance, WorldTally tally, WorldTrace trace)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);

    private readonly bool[] acknowledged = new bool[story.Deliveries.Count];
    private int left = story.Deliveries.Count;

    /// <summary>Who takes requests.</summary>
    public required Func<WorldProcess?> Receiver { get; init; }

    public bool AllAcknowledged => left == 0;

    /// <summary>Deliveries that were acknowledged.</summary>
    public IEnumerable<int> Acknowledged => Enumerable.Range(0, acknowledged.Length).Where(number => acknowledged[number]);

    /// <summary>Plans all sending: in bursts, as tools send when much happens at once.</summary>
    /// <param name="span">When the last one begins.</param>
    /// <param name="repetitions">How often each delivery is sent, about.</param>
    public void Plan(TimeSpan span, int bursts, int repetitions)
    {
        var starts = Enumerable.Range(0, bursts).Select(_ => chance.Span(span - TimeSpan.FromSeconds(1))).ToArray();
        for (var number = 0; number < story.Deliveries.Count; number++)
        {
            for (var times = 1 + chance.Next((2 * repetitions) - 1); times > 0; times--) Later(number, starts[chance.Next(bursts)] + chance.Span(TimeSpan.FromMilliseconds(50)));
        }
    }

    private void Later(int number, TimeSpan wait) => time.After(wait, () => Send(number));

    private void Send(int number)
    {
        tally.Count("deliveries sent");
        if (Receiver() is { } process)
        {
            var request = new Request();
            process.Thread.Add("request", () => _ = AskAsync(process, number, request));
            time.After(Patience, () =>
            {
                if (!request.IsOver) Again(number, request, "no answer");
            });
        }
        else
        {
            Again(number, new Request(), "nobody there");
        }
    }

    private async Task AskAsync(WorldProcess process, int number, Request request)
    {
        try
        {
            await process.Intake.TakeAsync(story.Deliveries[number] with { ReceivedAt = process.Clock.GetUtcNow() }, CancellationToken.None);
            request.IsOver = true;
            if (acknowledged[number]) return;
            acknowledged[number] = true;
            left--;
        }
        catch (StorageException)
        {
            if (!request.IsOver) Again(number, request, "not stored");
        }
    }

    private void Again(int number, Request request, string why)
    {
        request.IsOver = true;
        if (acknowledged[number]) return;
        tally.Count("refused or unanswered");
        trace.Turn("sender", why);
        Later(number, chance.Span(LongestRest));
    }

    private sealed class Request
    {
        public bool IsOver { get; set; }
    }
}
