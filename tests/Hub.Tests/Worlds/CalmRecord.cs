using System.Text;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What the record of a world must come to: the same deliveries merged in peace, in another order, on a database of its own.</summary>
internal sealed class CalmRecord : IDisposable
{
    private const int Batch = 64;

    private readonly HubConfiguration configuration;
    private readonly DbSession session = WorldDatabase.OpenMemory();

    public CalmRecord(WorldStory story, HubConfiguration configuration, ErasureKey key, WorldChance chance)
    {
        this.configuration = configuration;
        var order = Enumerable.Range(0, story.Deliveries.Count).ToArray();
        chance.Shuffle(order);
        foreach (var numbers in order.Chunk(Batch))
        {
            List<MergeItem> items = [.. numbers.SelectMany(number => story.EventsOf(number).Select(told => new MergeItem(told, number, story.EventsOf(number).Count)))];
            Write(() => Merger.Of(session, configuration, key, TimeProvider.System).Merge(items));
        }
    }

    public void Decide(IEnumerable<StoredDecision> decisions)
    {
        foreach (var decision in decisions) Write(() => DecisionEffect.Apply(session, configuration, () => session.InsertDecision(decision), decision, TimeProvider.System));
    }

    public string Export() => Export(session, configuration);

    public List<Guid> Events() => EventsOf(session);

    public void Dispose() => session.Dispose();

    /// <summary>The record of a database as <c>export --canonical</c> prints it.</summary>
    public static string Export(DbSession session, HubConfiguration configuration)
    {
        using var output = new MemoryStream();
        ContactExport.Write(session, new ContactJson(new Survivorship(configuration.Identity, DecisionBook.Read(session))), canonical: true, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The ids of the facts that a database holds.</summary>
    public static List<Guid> EventsOf(DbSession session) => session.Query("select event_id from event order by event_id", row => row.Id(0));

    private void Write(Action work)
    {
        session.Execute("begin");
        work();
        session.Execute("commit");
    }
}
