using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Jobs;

/// <summary>One reading of a stream from its first page to its last, which outlives restarts.</summary>
internal sealed record HistoryRun
{
    public required long Id { get; init; }

    public required string Connection { get; init; }

    public required string Stream { get; init; }

    /// <summary>What it is for: <see cref="DeliveryOrigin.Backfill"/> or <see cref="DeliveryOrigin.Reconciliation"/>.</summary>
    public required DeliveryOrigin Origin { get; init; }

    /// <summary>Objects changed at or after this time; null for all.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>When it began: what changes later is for the next run.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Where the next page begins; null at the first page, and when it is over.</summary>
    public required string? Cursor { get; init; }

    /// <summary>Pages read.</summary>
    public required long Pages { get; init; }

    /// <summary>Objects on these pages.</summary>
    public required long Objects { get; init; }

    /// <summary>How many of them were new to the inbox.</summary>
    public required long Accepted { get; init; }

    /// <summary>Objects in all, where the vendor says so.</summary>
    public required long? Total { get; init; }

    /// <summary>First and last delivery that it brought; null when it brought none.</summary>
    public required (long First, long Last)? Deliveries { get; init; }

    /// <summary>Tries in vain since the last page.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it goes on, at the earliest.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required VendorFault? Fault { get; init; }

    /// <summary>What it waits for, or why it ended before the last page; safe to show.</summary>
    public required string? Problem { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary><c>running</c>, <c>waiting</c> (it goes on by itself), <c>finished</c> or <c>failed</c>.</summary>
    public string Status => (FinishedAt, Problem) switch
    {
        (null, null) => "running",
        (null, _) => "waiting",
        (_, null) => "finished",
        _ => "failed",
    };

    /// <summary>What it is for, in a word.</summary>
    public string Purpose => Origin switch
    {
        DeliveryOrigin.Backfill => "backfill",
        DeliveryOrigin.Reconciliation => "reconciliation",
        _ => throw new UnreachableException(),
    };
}
