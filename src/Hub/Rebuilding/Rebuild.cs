using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>How a rebuild goes about it.</summary>
internal sealed record RebuildPlan
{
    /// <summary>Where the shadow is kept.</summary>
    public required string DataDirectory { get; init; }

    public required HubDatabase Live { get; init; }

    public required HubConfiguration Configuration { get; init; }

    public required RebuildSource Source { get; init; }

    /// <summary>How many differences are told one by one.</summary>
    public required int Details { get; init; }

    /// <summary>Whether values of fields are shown; otherwise only their names.</summary>
    public required bool ShowValues { get; init; }

    /// <summary>Who has it applied, for the audit.</summary>
    public string Author { get; init; } = "cli";
}

/// <summary>Works the record out afresh in a shadow, tells what differs from the live one, and makes that equal. The hub can serve meanwhile.</summary>
/// <param name="say">Takes what a person wants to know on the way.</param>
/// <param name="count">Starts a count that shows how far it is: what is done to each, how many there are. It is stepped for each, and disposed at the end.</param>
internal sealed class Rebuild(RebuildPlan plan, TimeProvider time, Action<string> say, Func<string, long, RebuildCount> count) : IAsyncDisposable
{
    private const int MaxBeginnings = 5;
    private const int MaxPasses = 5;
    private const string Applied = "rebuild_applied";

    // What is left after this many is caught up with while the snapshot is held.
    private const int CaughtUp = 1000;

    private Shadow? opened;

    /// <summary>Brings the shadow up to date and compares.</summary>
    /// <exception cref="StorageException">A database can't be used; the message says why and what to do.</exception>
    public async Task<RebuildFindings> CompareAsync(CancellationToken cancellationToken)
    {
        using var live = plan.Live.OpenReader();
        var shadow = opened ??= await Shadow.OpenAsync(DataDirectory.Create(plan.DataDirectory), ErasureKey.Open(plan.DataDirectory, live.AnyErasure()));
        for (var beginnings = 0; ; beginnings++)
        {
            if (beginnings == MaxBeginnings) throw new StorageException($"Decisions, erasures or the configuration changed {MaxBeginnings} times meanwhile. Run the command again at a calmer time.", new TimeoutException());
            var fingerprint = FingerprintOf(live);
            await PrepareAsync(shadow, live, fingerprint, cancellationToken);
            await FillAsync(shadow, live, cancellationToken);
            live.BeginSnapshot();
            try
            {
                if (FingerprintOf(live) == fingerprint)
                {
                    await FillOnceAsync(shadow, live, "checked against the shadow", cancellationToken);
                    using var rebuilt = shadow.OpenReader();
                    if (rebuilt is not null && !IsStale(live, rebuilt)) return Compare(live, rebuilt, cancellationToken);
                }
            }
            finally
            {
                live.EndSnapshot();
            }
            say("What the record follows from has changed: the shadow is begun anew.");
            await shadow.BeginAnewAsync(FingerprintOf(live), plan.Configuration, live, time, cancellationToken);
        }
    }

    /// <summary>Makes the live record what it has to be, one difference a transaction. Does nothing when the shadow was removed meanwhile; comparing again tells.</summary>
    public async Task ApplyAsync(RebuildFindings findings, CancellationToken cancellationToken)
    {
        var shadow = opened ?? throw new InvalidOperationException("Nothing was compared yet.");
        await using var database = plan.Live.OpenBeside();
        using var rebuilt = shadow.OpenReader();
        if (rebuilt is null) return;
        var line = await database.WriteAsync(session => session.BeginAudit(time.GetUtcNow(), Applied, plan.Author, null, null), cancellationToken);
        using var progress = count("applied", findings.Differences.Count + findings.Deliveries.Count);
        foreach (var difference in findings.Differences)
        {
            await database.WriteRecordAsync(live => new Repair(live, rebuilt, plan.Configuration, plan.Source, time).Run(difference), cancellationToken);
            progress.Step();
        }
        foreach (var (id, _, _) in findings.Deliveries)
        {
            await database.WriteRecordAsync(live =>
            {
                DeliveryComparison.Apply(live, rebuilt, id);
                return id;
            }, cancellationToken);
            progress.Step();
        }
        await database.WriteAsync(session => session.EndAudit(line, Applied, $"{findings.Differences.Count} parts, {findings.Deliveries.Count} deliveries", AuditFilter.Done), cancellationToken);
    }

    /// <summary>Removes the shadow: it is of no more use.</summary>
    public async Task DiscardAsync()
    {
        if (opened is not null) await opened.DiscardAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (opened is not null) await opened.DisposeAsync();
    }

    private string FingerprintOf(DbSession live) => RebuildFingerprint.Of(plan.Configuration, live.DecisionsThatHold(), live.LastErasure(), plan.Source);

    private async Task PrepareAsync(Shadow shadow, DbSession live, string fingerprint, CancellationToken cancellationToken)
    {
        if (shadow.Fingerprint is not { } made)
        {
            await shadow.BeginAnewAsync(fingerprint, plan.Configuration, live, time, cancellationToken);
        }
        else if (made != fingerprint)
        {
            say("The shadow that is there was made under another configuration, other decisions, another source or by another build: it is begun anew.");
            await shadow.BeginAnewAsync(fingerprint, plan.Configuration, live, time, cancellationToken);
        }
        else if (shadow.Read(session => session.CountEvents()) is var there and > 0)
        {
            say($"Going on with the shadow that is there: {there:N0} events.");
        }
    }

    // Short reads, so that the live log can be taken over meanwhile.
    private async Task FillAsync(Shadow shadow, DbSession live, CancellationToken cancellationToken)
    {
        for (var pass = 0; pass < MaxPasses && await FillOnceAsync(shadow, live, pass == 0 ? "brought into the shadow" : "caught up with", cancellationToken) > CaughtUp; pass++) { }
    }

    private async Task<int> FillOnceAsync(Shadow shadow, DbSession live, string what, CancellationToken cancellationToken)
    {
        if (plan.Source is RebuildSource.Events)
        {
            using var events = count($"events {what}", live.CountEvents());
            return await new EventFiller(shadow, plan.Configuration, time).FillAsync(live, (_, _, _) => true, EventFiller.Claim, events.Step, cancellationToken);
        }
        using var deliveries = count($"deliveries {what}", live.CountReadable());
        return await new InboxFiller(shadow, plan.Configuration, time).FillAsync(live, deliveries.Step, cancellationToken);
    }

    // The shadow holds all live events now. More than these it may hold only where a delivery of the inbox tells them.
    private bool IsStale(DbSession live, DbSession rebuilt) => plan.Source is RebuildSource.Events
        ? live.CountEvents() != rebuilt.CountEvents()
        : rebuilt.EventsById().Any(row => live.FindEventKey(row.EventId) is null && !(rebuilt.HasDelivery(row.DeliveryId) && live.HasBody(row.DeliveryId)));

    private RebuildFindings Compare(DbSession live, DbSession rebuilt, CancellationToken cancellationToken)
    {
        var text = new DifferenceText(live, rebuilt, new ContactJson(new Survivorship(plan.Configuration.Identity, DecisionBook.Read(live))), plan.ShowValues);
        var comparison = new RecordComparison(live, rebuilt, plan.Source);
        using var progress = count("contacts compared", live.CountContacts());
        List<Difference> differences = [];
        List<string> details = [];
        rebuilt.BeginSnapshot();
        foreach (var difference in comparison.Find(() => Step(progress, cancellationToken)))
        {
            differences.Add(difference);
            if (details.Count < plan.Details) details.Add(text.Of(difference));
        }
        var deliveries = plan.Source is RebuildSource.Inbox ? DeliveryComparison.Find(live, rebuilt).ToList() : [];
        rebuilt.EndSnapshot();
        return new RebuildFindings
        {
            Contacts = comparison.Contacts,
            Events = live.CountEvents(),
            NewEvents = comparison.NewEvents,
            ChangedEvents = comparison.ChangedEvents,
            GoneEvents = comparison.GoneEvents,
            Differences = differences,
            Deliveries = deliveries,
            Details = details,
        };
    }

    private static void Step(RebuildCount progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress.Step();
    }
}

/// <summary>Counts what is done.</summary>
internal sealed class RebuildCount(Action step, Action finish) : IDisposable
{
    public Action Step { get; } = step;

    public void Dispose() => finish();
}
