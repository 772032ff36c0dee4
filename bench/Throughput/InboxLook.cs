using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Looks beside the hub how far it is. It looks along indexes: what is looked at so often must cost the hub nothing.</summary>
internal sealed class InboxLook(DbSession reader, TimeSpan interval)
{
    private readonly long before = reader.First("select coalesce(max(event_key), 0) from event", row => row.GetInt64(0));

    /// <summary>How many events have come since it began to look.</summary>
    public long Events => reader.First("select count(*) from event where event_key > $before", row => row.GetInt64(0), ("$before", before));

    /// <summary>How many deliveries are not in the record yet; cheap while they are few.</summary>
    public long Open => reader.First("select count(*) from inbox where status = 0", row => row.GetInt64(0));

    /// <summary>Waits until all that was accepted is in the record.</summary>
    /// <exception cref="InvalidDataException">Something is elsewhere.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (IsAny("select delivery_id from inbox where status = 0 order by delivery_id limit 1")) await Task.Delay(interval, cancellationToken);
        if (IsAny("select delivery_id from inbox where status in (1, 3, 4) limit 1")) throw new InvalidDataException("A delivery is not in the record: it was ignored, quarantined, or waits for an object.");
    }

    private bool IsAny(string sql) => reader.First(sql, row => row.GetInt64(0)) > 0;
}
