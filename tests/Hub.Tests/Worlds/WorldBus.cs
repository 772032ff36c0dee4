using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>The broker of a world: it brings messages late, in any order, sometimes twice, to any process, again when that one dies, and forgets them when it starts anew.</summary>
internal sealed class WorldBus(WorldTime time, WorldChance chance, WorldTally tally)
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongDelay = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<WorldProcess, List<MergeItem>> unacknowledged = [];
    private int life;

    /// <summary>Whether it can't be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it confirms and loses what it is told, as a broker does that has just started and has no queue yet.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>Who it can bring messages to.</summary>
    public required Func<WorldProcess?> Consumer { get; init; }

    /// <summary>Which versions of contacts were told to the world.</summary>
    public HashSet<(Guid Contact, long Version)> Told { get; } = [];

    /// <summary>The bus as a process sees it.</summary>
    public IMessageBus Of(WorldThread thread) => new Access(this, thread);

    /// <summary>A process died: what it had not acknowledged is brought to another.</summary>
    public void Lose(WorldProcess process)
    {
        if (!unacknowledged.Remove(process, out var items)) return;
        foreach (var item in items) Bring(item, Delay());
    }

    /// <summary>The broker starts anew and has forgotten what it held.</summary>
    public void Restart()
    {
        life++;
        unacknowledged.Clear();
    }

    /// <returns>Whether it says that it has the message.</returns>
    private bool TryTake(object message, Envelope? envelope)
    {
        if (IsAway) return false;
        var fails = chance.Strikes(WorldFault.PublishFails);
        if (!fails || chance.Once(2)) Take(message, envelope);
        return !fails;
    }

    private void Take(object message, Envelope? envelope)
    {
        switch (message)
        {
            case ContactChanged changed:
                Told.Add((changed.ContactId, changed.Version));
                break;
            case ContactEvent told when envelope is not null && !IsForgetful:
                var item = new MergeItem(told, envelope.DeliveryId, envelope.EventsOfDelivery) { Unread = envelope.Unread };
                Bring(item, Delay());
                if (chance.Strikes(WorldFault.MessageTwice)) Bring(item, Delay());
                break;
        }
    }

    private TimeSpan Delay() => chance.Span(chance.Once(30) && !chance.IsKind ? LongDelay : UsualDelay);

    private void Bring(MergeItem item, TimeSpan delay)
    {
        var born = life;
        time.After(delay, () =>
        {
            if (born != life)
                tally.Count("messages lost");
            else if (IsAway || Consumer() is not { } process)
                Bring(item, Retry);
            else
                Hand(process, item);
        });
    }

    private void Hand(WorldProcess process, MergeItem item)
    {
        if (!unacknowledged.TryGetValue(process, out var items)) unacknowledged.Add(process, items = []);
        items.Add(item);
        process.Thread.Add("message", () => _ = ConsumeAsync(process.Sync, item, items));
    }

    private async Task ConsumeAsync(SyncService sync, MergeItem item, List<MergeItem> items)
    {
        await sync.MergeAsync(item, CancellationToken.None);
        items.Remove(item);
        tally.Count("messages");
    }

    private sealed class Access(WorldBus bus, WorldThread thread) : IMessageBus
    {
        public bool IsConnected => !bus.IsAway;

        // Continuations run where the broker's answer is picked, not on a thread of the pool.
        public Task PublishAsync(object message, Envelope? envelope, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource();
            thread.Add("publish", () =>
            {
                var isTaken = bus.TryTake(message, envelope);
                thread.Add("answer", () =>
                {
                    if (isTaken) answer.SetResult();
                    else answer.SetException(new IOException("The broker can't be reached."));
                });
            });
            return answer.Task;
        }
    }
}
