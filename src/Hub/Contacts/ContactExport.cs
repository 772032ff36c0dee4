using System.Text.Json;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Writes all contacts as JSON Lines.</summary>
internal static class ContactExport
{
    /// <param name="canonical">Without what depends on arrival, so that two hubs which were told the same write the same bytes.</param>
    public static void Write(DbSession session, ContactJson json, bool canonical, Stream output)
    {
        session.BeginSnapshot();
        WriteAll(session, json, canonical, output);
        session.EndSnapshot();
    }

    /// <summary>The same within a snapshot of the caller's.</summary>
    public static void WriteAll(DbSession session, ContactJson json, bool canonical, Stream output)
    {
        using var buffered = new BufferedStream(output, 1 << 16);
        using var writer = new Utf8JsonWriter(buffered, ContactJson.Options);
        foreach (var key in session.ContactsInCanonicalOrder())
        {
            if (session.ContactByKey(key) is not { } contact) continue;
            if (canonical) json.WriteCanonical(writer, contact);
            else json.Write(writer, contact);
            writer.Flush();
            buffered.WriteByte((byte)'\n');
            writer.Reset();
        }
    }
}
