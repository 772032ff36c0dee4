using System.Diagnostics;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Backlog;

/// <summary>A hub that starts with deliveries waiting. It runs only while it has its turn, so that two of them are measured on one machine in the same minutes.</summary>
internal sealed class BackloggedHub(int waiting, HubProcess hub, DbSession reader, Connection newcomers, int seed) : IAsyncDisposable
{
    private readonly Newcomers orders = new(hub.Address, newcomers, reader, seed);

    public int Waiting => waiting;

    public HubProcess Hub => hub;

    public Percentiles Accepted { get; } = new();

    public Percentiles Merged { get; } = new();

    /// <summary>Deliveries a second that no longer wait, in each turn.</summary>
    public Series Drained { get; } = new();

    /// <param name="warming">Orders that do not count: the first ones are the compiler's, and those after a rest the scheduler's.</param>
    /// <param name="samples">Orders that count.</param>
    /// <returns>How long those of this turn took.</returns>
    public async Task<(Percentiles Accepted, Percentiles Merged)> TakeTurnAsync(int warming, int samples, CancellationToken cancellationToken)
    {
        await hub.ThawAsync();
        await orders.SendAsync(warming, cancellationToken);
        var (started, before) = (Stopwatch.GetTimestamp(), Open());
        var (accepted, merged) = await orders.SendAsync(samples, cancellationToken);
        Drained.Add((before - Open()) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        Accepted.Add(accepted);
        Merged.Add(merged);
        await hub.FreezeAsync();
        return (accepted, merged);
    }

    /// <summary>Watches until nothing waits.</summary>
    public async Task DrainAsync(Table table, CancellationToken cancellationToken)
    {
        await hub.ThawAsync();
        var (started, before) = (Stopwatch.GetTimestamp(), Open());
        for (var open = before; open > 0; open = Open())
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            Progress.Report($"  {open:#,0} wait, {hub.Memory:0} MiB");
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        table.Note($"The rest of {before:#,0} drained in {elapsed:h\\:mm\\:ss}, {before / elapsed.TotalSeconds:#,0} a second; most memory {hub.MostMemory:0} MiB.");
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        reader.Dispose();
    }

    private long Open() => reader.First("select count(*) from inbox where status = 0", row => row.GetInt64(0));
}
