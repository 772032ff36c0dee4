using System.Text;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.CrashHarness;

/// <summary>What the hubs of a run stand on.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>How many hub processes share it.</summary>
    public abstract int Processes { get; }

    /// <summary>Settings of each hub process, beside address and key.</summary>
    public abstract IReadOnlyList<string> Settings { get; }

    /// <summary>What the hubs store, to be read beside them.</summary>
    protected abstract HubDatabase Stored { get; }

    /// <summary>How many facts there are.</summary>
    public long EventCount()
    {
        using var session = Stored.OpenReader();
        return session.First("select count(*) from event", row => row.GetInt64(0));
    }

    /// <summary>How many deliveries and messages are on their way.</summary>
    public long UnsettledCount()
    {
        using var session = Stored.OpenReader();
        return session.First("select (select count(*) from inbox where status in (0, 1)) + (select count(*) from outbox)", row => row.GetInt64(0));
    }

    /// <summary>The record as <c>export --canonical</c> prints it.</summary>
    public string Export(HubConfiguration configuration)
    {
        using var session = Stored.OpenReader();
        using var output = new MemoryStream();
        ContactExport.Write(session, new ContactJson(new Survivorship(configuration.Identity, DecisionBook.Read(session))), canonical: true, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public abstract ValueTask DisposeAsync();
}
