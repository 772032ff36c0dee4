using System.Text.Json;
using System.Threading.Channels;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using MassTransit;

namespace IntegrationHub.Hub.Sync;

/// <summary>Publishes what was committed with a change, then forgets it. What a crash left behind is published at the next start: at least once, never not at all.</summary>
internal sealed class OutboxRelay(IDatabase database, IBus bus, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<List<OutboxMessage>> queue = Channel.CreateUnbounded<List<OutboxMessage>>(new UnboundedChannelOptions { SingleReader = true });

    public void Publish(List<OutboxMessage> messages)
    {
        if (messages.Count > 0) queue.Writer.TryWrite(messages);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Publish(database.Read(session => session.Query("select outbox_key, kind, body from outbox order by outbox_key",
            row => new OutboxMessage(row.GetInt64(0), row.GetString(1), row.Bytes(2)))));
        await foreach (var messages in queue.Reader.ReadAllAsync(stoppingToken)) await PublishAsync(messages, stoppingToken);
    }

    private async Task PublishAsync(List<OutboxMessage> messages, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await Task.WhenAll(messages.Select(message => PublishAsync(message, stoppingToken)));
                await database.WriteAsync(session => messages.Sum(message => session.Execute("delete from outbox where outbox_key = $key", ("$key", message.Key))), stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.RelayFailed(logger, exception, messages.Count);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    private Task PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var type = message.Kind switch
        {
            nameof(ContactChanged) => typeof(ContactChanged),
            nameof(ContactsMerged) => typeof(ContactsMerged),
            nameof(ContactSplit) => typeof(ContactSplit),
            nameof(ContactErased) => typeof(ContactErased),
            _ => throw new InvalidDataException($"The outbox holds an unknown message '{message.Kind}'."),
        };
        var body = JsonSerializer.Deserialize(message.Body, type, ContractJson.Default) ?? throw new InvalidDataException("The outbox holds an empty message.");
        return bus.Publish(body, type, cancellationToken);
    }
}
