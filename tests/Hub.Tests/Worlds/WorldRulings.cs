using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>People who decide about the record of a world, and change their minds.</summary>
internal sealed class WorldRulings(WorldStory story, WorldTime time, WorldChance chance, WorldTally tally, WorldTrace trace)
{
    private readonly List<Guid> made = [];
    private readonly HashSet<Guid> perhapsRevoked = [];

    /// <summary>Who takes requests.</summary>
    public required Func<WorldProcess?> Receiver { get; init; }

    /// <summary>Decisions whose making was confirmed and that nobody has tried to take back.</summary>
    public IEnumerable<Guid> Firm => made.Where(id => !perhapsRevoked.Contains(id));

    public void Plan(TimeSpan span, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var decision = Invent(number);
            time.After(chance.Span(span), () => Ask("decision", process => MakeAsync(process, decision, span)));
        }
    }

    /// <summary>Takes a decision back.</summary>
    public void Revoke(Guid id) => Ask("revocation", async process =>
    {
        perhapsRevoked.Add(id);
        await process.Decisions.RevokeAsync(id, CancellationToken.None);
        tally.Count("decisions revoked");
    });

    private async Task MakeAsync(WorldProcess process, Decision decision, TimeSpan end)
    {
        var stored = await process.Decisions.MakeAsync(decision, "test", null, CancellationToken.None);
        made.Add(stored.Id);
        tally.Count("decisions made");
        if (chance.Once(2) && time.Now < end) time.After(chance.Span(end - time.Now), () => Revoke(stored.Id));
    }

    private void Ask(string what, Func<WorldProcess, Task> request)
    {
        if (Receiver() is not { } process) return;
        trace.Turn(process.Thread.Name, what);
        process.Thread.Add(what, () => _ = TryAsync());

        // Whoever decides sees that it failed; whether it holds, the record knows.
        async Task TryAsync()
        {
            try
            {
                await request(process);
            }
            catch (StorageException)
            {
                trace.Turn(process.Thread.Name, $"{what} failed");
            }
        }
    }

    private Decision Invent(int number) => chance.Next(4) switch
    {
        0 => new MustLink(Node(), Node()),
        1 => Part(story.Ties[chance.Next(story.Ties.Count)]),
        2 => new BlockValue(Node()),
        _ => new PinField(Node(), chance.Once(2) ? "firstName" : "city", "Pinned" + number),
    };

    private static CannotLink Part((string One, string Other) tie) => new(tie.One, tie.Other);

    private string Node() => story.Nodes[chance.Next(story.Nodes.Count)];
}
