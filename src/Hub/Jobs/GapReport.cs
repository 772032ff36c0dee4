using System.Globalization;

namespace IntegrationHub.Hub.Jobs;

/// <summary>What the webhooks of a connection missed: facts that only reconciliation told.</summary>
internal sealed record GapReport
{
    private const int SpansInText = 3;

    public required string Connection { get; init; }

    /// <summary>Facts that occurred at or after this time count,</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>and before this one.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Facts that webhooks told or missed. What only a backfill told is history, and not among them.</summary>
    public required long Facts { get; init; }

    /// <summary>How many of them came by reconciliation alone.</summary>
    public required long Missed { get; init; }

    /// <summary>When they occurred; those that lie close together are one span.</summary>
    public required IReadOnlyList<GapSpan> Spans { get; init; }

    /// <summary>How many of each kind.</summary>
    public required IReadOnlyList<(string Kind, long Count)> Kinds { get; init; }

    /// <summary>Deliveries that told them, the first ones.</summary>
    public required IReadOnlyList<long> Deliveries { get; init; }

    /// <summary>What is said of the time before this is final, but for webhooks that come late; null when nothing is.</summary>
    public required DateTimeOffset? SettledUntil { get; init; }

    /// <summary>Deliveries of reconciliations that could not be read: what they tell is not known.</summary>
    public required long Unread { get; init; }

    /// <summary>Percent of the facts that webhooks missed.</summary>
    public decimal Drift => PercentOf(Missed, Facts);

    /// <summary>The report in a sentence.</summary>
    public string Text
    {
        get
        {
            var facts = Facts == 1 ? "1 fact" : $"{Facts:N0} facts";
            if (Missed == 0) return $"None of {facts} came only by reconciliation.";
            var spans = string.Join(" and ", Spans.Take(SpansInText).Select(span => span.ToString()));
            var more = Spans.Count > SpansInText ? $" and at {Spans.Count - SpansInText:N0} other times" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{Missed:N0} of {facts} came only by reconciliation, {spans}{more} ({Drift:0.##} %).");
        }
    }

    public static decimal PercentOf(long missed, long facts) => facts == 0 ? 0 : Math.Round(100m * missed / facts, 4);
}

/// <summary>A time in which facts were missed.</summary>
/// <param name="From">When the first one occurred.</param>
/// <param name="To">When the last one did.</param>
internal sealed record GapSpan(DateTimeOffset From, DateTimeOffset To, long Facts)
{
    public override string ToString()
    {
        if (Minute(From) == Minute(To)) return $"at {Minute(From)} UTC";
        return From.UtcDateTime.Date == To.UtcDateTime.Date
            ? string.Create(CultureInfo.InvariantCulture, $"between {Minute(From)} and {To.UtcDateTime:HH:mm} UTC")
            : $"between {Minute(From)} and {Minute(To)} UTC";
    }

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
