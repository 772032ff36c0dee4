using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Sync;

/// <summary>Publishes what was committed with a change, then forgets it. What a crash or another process left behind is published, too: at least once, never not at all.</summary>
internal sealed class OutboxRelay(IDatabase database, IMessageBus bus, Signals signals, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int MaxLeft = 10_000;
    private const int MaxAtOnce = 256;
    private const int MaxForgotten = 256;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<List<OutboxMessage>> queue = Channel.CreateUnbounded<List<OutboxMessage>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, byte> taken = new();
    private readonly HashSet<long> unreadable = [];
    private readonly Outage outage = new("The publishing of changes", grace: TimeSpan.Zero, calm: TimeSpan.Zero, time, logger);

    /// <summary>Publishes committed messages; those that it has taken already it leaves alone.</summary>
    public void Publish(List<OutboxMessage> messages)
    {
        var fresh = messages.FindAll(message => taken.TryAdd(message.Key, 0));
        if (fresh.Count > 0) queue.Writer.TryWrite(fresh);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal Task RunAsync(CancellationToken stoppingToken)
    {
        // What stands there at the start was left behind, unless other processes are just about to publish it.
        if (!database.IsShared) Publish([.. database.Read(session => session.Query("select outbox_key, kind, body from outbox order by outbox_key", TryRead)).OfType<OutboxMessage>()]);
        return Task.WhenAll(RelayAsync(stoppingToken), LookAsync(stoppingToken));
    }

    private async Task RelayAsync(CancellationToken stoppingToken)
    {
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            List<OutboxMessage> messages = [];
            while (messages.Count < MaxAtOnce && queue.Reader.TryRead(out var more)) messages.AddRange(more);
            await PublishAsync(messages, stoppingToken);
        }
    }

    // A rebuild in a process of its own leaves messages, too. They are taken up when they were there at the look before: what was committed
    // just now is on its way here from this process itself.
    private async Task LookAsync(CancellationToken stoppingToken)
    {
        HashSet<long> seen = [];
        while (true)
        {
            await Task.Delay(LookInterval, time, stoppingToken);
            try
            {
                var left = database.Read(session => session.Query("select outbox_key from outbox order by outbox_key limit $limit", row => row.GetInt64(0), ("$limit", MaxLeft)))
                    .Where(key => !taken.ContainsKey(key) && !unreadable.Contains(key)).ToHashSet();
                Publish([.. left.Where(seen.Contains).Select(Find).OfType<OutboxMessage>()]);
                seen = left;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.OutboxNotRead(logger, exception);
            }
        }
    }

    private OutboxMessage? Find(long key) =>
        database.Read(session => session.First("select outbox_key, kind, body from outbox where outbox_key = $key", TryRead, ("$key", key)));

    // Another hub's message holds up nobody else's; it stays for a hub that can read it.
    private OutboxMessage? TryRead(DbDataReader row)
    {
        try
        {
            return OutboxMessage.Read(row);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            var key = row.GetInt64(0);
            unreadable.Add(key);
            Log.MessageNotKnown(logger, exception, key);
            return null;
        }
    }

    private async Task PublishAsync(List<OutboxMessage> messages, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                // What is told must not be forgotten: the next telling of the same version could say something else.
                await database.FlushAsync(stoppingToken);
                await Task.WhenAll(messages.Select(message => PublishAsync(message, stoppingToken)));
                await database.WriteRedoableAsync(session => messages.Select(message => message.Key).Order().Chunk(MaxForgotten)
                    .Sum(keys => session.Execute("delete from outbox where outbox_key in $keys", ("$keys", keys))), stoppingToken);
                signals.Published(messages.Count);
                outage.Work();
                foreach (var message in messages) taken.TryRemove(message.Key, out _);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                outage.Fail(exception);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    private async Task PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var span = signals.Publish(message.Kind, message.Causes);
        await bus.PublishAsync(message.Told, null, cancellationToken);
    }
}
