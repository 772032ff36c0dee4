using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Who may be written to and called. A flag tells no time of its own: it holds as of the record's last change. That it is off says nothing, unless it has just been taken back.</summary>
internal static class SalesforceConsent
{
    private const string OptOut = "HasOptedOutOfEmail";
    private const string DoNotCall = "DoNotCall";

    public static IEnumerable<Fact> Read(SalesforceRecord record, string telling, DateTimeOffset at, TimeBasis basis, IReadOnlySet<string> changed)
    {
        // Without a time each telling is a fact of its own: who opts out a second time must not be taken for who did the first time.
        var when = basis is TimeBasis.Vendor ? SalesforceTime.Key(at) : telling;
        Fact Of(string what, ContactEvent told) => new($"{record.Entity}/{record.Id}/{what}/{when}", told with { OccurredAt = at, TimeBasis = basis });
        var (person, source) = (SalesforcePeople.Of(record.Id), SalesforcePeople.SourceOf(record.Entity, record.Id));
        if (record.Flag(OptOut) is true) yield return Of("optout", new EmailUnsubscribed { OccurredAt = at, Person = person, Source = source });
        else if (record.Flag(OptOut) is false && changed.Contains(OptOut)) yield return Of("optin", new EmailSubscribed { OccurredAt = at, Person = person, Source = source });
        if (record.Flag(DoNotCall) is true) yield return Of("donotcall", Calls(ConsentState.Withdrawn));
        else if (record.Flag(DoNotCall) is false && changed.Contains(DoNotCall)) yield return Of("callagain", Calls(ConsentState.Granted));
        if (record.Text("EmailBouncedReason") is { } reason)
        {
            var bounced = new EmailBounced { OccurredAt = at, Person = person, Source = source, Type = BounceType.Hard, Description = reason };
            yield return record.Time("EmailBouncedDate") is { } date
                ? new Fact($"{record.Entity}/{record.Id}/bounced/{SalesforceTime.Key(date)}", bounced with { OccurredAt = date })
                : Of("bounced", bounced);
        }

        ConsentChanged Calls(ConsentState state) => new() { OccurredAt = at, Person = person, Source = source, Channel = ConsentChannel.Phone, State = state, Basis = DoNotCall };
    }
}
