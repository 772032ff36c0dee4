using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Decisions;

/// <summary>What a decision would do to the record: it is done within the transaction, read off, and taken back.</summary>
/// <param name="Joins">Contacts that would take others in.</param>
/// <param name="ComesApart">Contacts that would come apart, and into which; null stands for a new one.</param>
/// <param name="Changes">Fields that would change, by contact; null stands for a new one.</param>
internal sealed record DecisionPreview(
    IReadOnlyList<(Guid Contact, IReadOnlyList<Guid> TakesIn)> Joins, IReadOnlyList<(Guid Contact, IReadOnlyList<Guid?> Into)> ComesApart, IReadOnlyList<(Guid? Contact, IReadOnlyList<ChangedField> Fields)> Changes)
{
    /// <summary>Makes the decision within a transaction and undoes it.</summary>
    public static DecisionPreview Of(DbSession session, HubConfiguration configuration, StoredDecision decision, TimeProvider time)
    {
        session.Execute("savepoint preview");
        List<OutboxMessage> messages;
        try
        {
            messages = DecisionEffect.Apply(session, configuration, () => session.InsertDecision(decision), decision, time);
        }
        finally
        {
            session.Execute("rollback to preview");
            session.Execute("release preview");
        }
        Guid? Known(Guid id) => session.OriginOf(id) is null ? null : id;
        return new DecisionPreview(
            [.. messages.Select(message => message.Told).OfType<ContactsMerged>().GroupBy(merged => merged.ContactId).Select(merged => (merged.Key, (IReadOnlyList<Guid>)[.. merged.SelectMany(one => one.MergedContactIds)]))],
            [.. messages.Select(message => message.Told).OfType<ContactSplit>().Select(split => (split.ContactId, (IReadOnlyList<Guid?>)[.. split.IntoContactIds.Select(Known)]))],
            [.. messages.Select(message => message.Told).OfType<ContactChanged>().Where(changed => changed.Fields.Count > 0).Select(changed => (Known(changed.ContactId), changed.Fields))]);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun", true);
        WriteList(writer, "joins", Joins, join =>
        {
            writer.WriteString("contact", join.Contact);
            WriteIds(writer, "takesIn", join.TakesIn.Select(id => (Guid?)id));
        });
        WriteList(writer, "comesApart", ComesApart, split =>
        {
            writer.WriteString("contact", split.Contact);
            WriteIds(writer, "into", split.Into);
        });
        WriteList(writer, "changes", Changes, changed =>
        {
            WriteId(writer, "contact", changed.Contact);
            WriteList(writer, "fields", changed.Fields, field =>
            {
                writer.WriteString("name", field.Name);
                writer.WriteString("value", field.Value);
            });
        });
        writer.WriteEndObject();
    }


    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter writer, string name, IEnumerable<Guid?> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            if (id is { } known) writer.WriteStringValue(known);
            else writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    private static void WriteId(Utf8JsonWriter writer, string name, Guid? id)
    {
        if (id is { } known) writer.WriteString(name, known);
        else writer.WriteNull(name);
    }
}
