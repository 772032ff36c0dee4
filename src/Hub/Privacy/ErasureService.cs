using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Erases a contact because a person asked.</summary>
internal sealed class ErasureService(IDatabase database, ConfigurationSource configuration, ErasureKey key, OutboxRelay relay, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Erases a contact and waits a while until nothing is left of it. When it is not finished by then, it goes on by itself, also after a crash.</summary>
    /// <returns>What was erased; null when there is no such contact.</returns>
    public async Task<ErasureOutcome?> EraseAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var made = await database.WriteRecordAsync(session =>
        {
            if (session.IsErased(id) || session.ContactById(id) is not { } contact) return ((Guid Contact, long Key, List<OutboxMessage> Messages)?)null;
            var (erasure, messages) = new ErasureMaker(session, configuration.Current, key, time).OfContact(contact.Row.Key, actor.Who, actor.KeyId);
            return (contact.Row.Id, erasure, messages);
        }, cancellationToken);
        if (made is not { } erased) return null;
        relay.Publish(erased.Messages);
        var started = time.GetTimestamp();
        StoredErasure stored;
        while (!(stored = Find(erased.Key)).IsFinished && time.GetElapsedTime(started) < Patience) await Task.Delay(Look, time, cancellationToken);
        return new ErasureOutcome(erased.Contact, stored.Events, stored.Deliveries, stored.IsFinished);
    }

    private StoredErasure Find(long erasure) => database.Read(session => session.FindErasure(erasure)) ?? throw new InvalidDataException("A stored erasure is gone.");
}

/// <summary>What an erasure came to.</summary>
/// <param name="IsFinished">Whether the bodies are searched and the file is cleared.</param>
internal sealed record ErasureOutcome(Guid ContactId, long Events, long Deliveries, bool IsFinished);
