using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Decisions;

/// <summary>Makes decisions and takes them back. The record obeys within the same transaction.</summary>
internal sealed class DecisionService(IDatabase database, ConfigurationSource configuration, OutboxRelay relay, TimeProvider time)
{
    public async Task<StoredDecision> MakeAsync(Decision decision, string author, string? reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var made = new StoredDecision(Guid.CreateVersion7(now), decision, author, reason, now, null);
        relay.Publish(await database.WriteRecordAsync(session => DecisionEffect.Apply(session, configuration.Current, () => session.InsertDecision(made), made, time), cancellationToken));
        return made;
    }

    /// <summary>What a decision would do; nothing of it stays.</summary>
    public Task<DecisionPreview> PreviewAsync(Decision decision, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var made = new StoredDecision(Guid.CreateVersion7(now), decision, "", null, now, null);
        return database.WriteRecordAsync(session => DecisionPreview.Of(session, configuration.Current, made, time), cancellationToken);
    }

    /// <summary>Takes a decision back: the record is as if it had never been.</summary>
    /// <returns>The decision, or null when there is none that holds.</returns>
    public async Task<StoredDecision?> RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (database.Read(session => session.FindDecision(id)) is not { RevokedAt: null } made) return null;
        var now = time.GetUtcNow();
        relay.Publish(await database.WriteRecordAsync(session => DecisionEffect.Apply(session, configuration.Current, () => session.RevokeDecision(id, now), made, time), cancellationToken));
        return made with { RevokedAt = now };
    }

    public IReadOnlyList<StoredDecision> All() => database.Read(session => session.AllDecisions());
}
