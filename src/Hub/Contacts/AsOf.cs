using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Decisions;

namespace IntegrationHub.Hub.Contacts;

/// <summary>A past moment, and by which clock: when things happened, or when the hub learnt of them.</summary>
/// <param name="Moment">The moment, UTC; what falls on it counts.</param>
/// <param name="ByKnown">Whether it is about what the hub knew then; otherwise about what had happened by then, as far as is known today.</param>
internal sealed partial record AsOf(DateTimeOffset Moment, bool ByKnown)
{
    public string By => ByKnown ? "known" : "occurred";

    /// <summary>Reads the parameters of a request.</summary>
    /// <param name="asOf">RFC 3339.</param>
    /// <param name="by"><c>occurred</c>, which is meant when it is left out, or <c>known</c>.</param>
    /// <returns>The moment, or the problem with it; neither when none is asked for.</returns>
    public static (AsOf? AsOf, string? Problem) Read(string? asOf, string? by)
    {
        if (by is not (null or "occurred" or "known")) return (null, "by must be occurred or known.");
        if (asOf is null) return (null, by is null ? null : "by says what asOf means: give asOf, too.");
        return Rfc3339().IsMatch(asOf) && DateTimeOffset.TryParse(asOf, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment)
            ? (new AsOf(moment, by is "known"), null)
            : (null, "asOf must be a moment as in RFC 3339, for example 2026-11-20T15:04:06Z; in an address a + is written %2B.");
    }

    /// <summary>When an event counts from: its vendor's time, and its arrival where the vendor told none.</summary>
    public DateTimeOffset TimeOf(ContactEvent contactEvent) =>
        ByKnown || contactEvent.TimeBasis is TimeBasis.Arrival ? contactEvent.ReceivedAt : contactEvent.OccurredAt;

    public bool Counts(ContactEvent contactEvent) => TimeOf(contactEvent) <= Moment;

    /// <summary>Whether a decision counts. Of what had happened by then, today's decisions say whose it was.</summary>
    public bool Counts(StoredDecision decision) =>
        ByKnown ? decision.MadeAt <= Moment && (decision.RevokedAt is not { } revoked || revoked > Moment) : decision.RevokedAt is null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rfc3339();
}
