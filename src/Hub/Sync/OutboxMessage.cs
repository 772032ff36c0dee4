using System.Collections.Frozen;
using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Sync;

/// <summary>A message that is stored with the change it tells of, and published after the commit.</summary>
internal sealed record OutboxMessage(long Key, object Told)
{
    private static readonly FrozenDictionary<string, Type> Kinds =
        new[] { typeof(ContactChanged), typeof(ContactsMerged), typeof(ContactSplit), typeof(ContactErased) }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public string Kind => Told.GetType().Name;

    /// <summary>Traces of the events that were merged when it was stored; empty when none is sampled, and after a restart.</summary>
    public IReadOnlyDictionary<Guid, ActivityContext> Traces { get; init; } = FrozenDictionary<Guid, ActivityContext>.Empty;

    /// <summary>The traces of the events that caused what it tells.</summary>
    public IReadOnlyList<ActivityContext> Causes => Traces.Count == 0 ? [] : Told is ContactChanged change
        ? [.. change.Causes.Where(Traces.ContainsKey).Select(cause => Traces[cause])]
        : [.. Traces.Values];

    /// <summary>Stores a message within the transaction of what it tells of.</summary>
    public static OutboxMessage Store(DbSession session, object told) => new(session.InsertOutbox(told.GetType().Name, JsonSerializer.SerializeToUtf8Bytes(told, told.GetType(), ContractJson.Default)), told);

    /// <summary>Reads <c>outbox_key, kind, body</c>.</summary>
    /// <exception cref="InvalidDataException">A message that this hub does not know.</exception>
    public static OutboxMessage Read(DbDataReader row)
    {
        if (!Kinds.TryGetValue(row.GetString(1), out var type)) throw new InvalidDataException($"The outbox holds an unknown message '{row.GetString(1)}'.");
        return new OutboxMessage(row.GetInt64(0), JsonSerializer.Deserialize(row.Bytes(2), type, ContractJson.Default) ?? throw new InvalidDataException("The outbox holds an empty message."));
    }
}
