using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Who may be written to: the history of a contact's properties tells since when.</summary>
internal sealed class HubSpotConsent(HubSpotProperties properties)
{
    private const string OptOut = "hs_email_optout";
    private const string Bounce = "hs_email_hard_bounce_reason_enum";

    private static readonly string[] Yes = ["true", "yes", "1"];
    private static readonly string[] No = ["false", "no", "0"];

    /// <summary>Properties whose history is asked for.</summary>
    public IEnumerable<string> Names => properties.Consents.Select(consent => consent.Name).Prepend(Bounce).Prepend(OptOut);

    /// <summary>The person opted out of all e-mail.</summary>
    public static Fact OptedOut(string contact, DateTimeOffset at) => new($"contacts/{contact}/optout/{HubSpotTime.Key(at)}", Left(contact, at));

    /// <summary>The address does not work.</summary>
    public static Fact Bounced(string contact, DateTimeOffset at, string reason) => new($"contacts/{contact}/bounce/{HubSpotTime.Key(at)}", Refused(contact, at, reason));

    /// <summary>All that a contact tells. Without a history it is not known since when: such a fact never outweighs another.</summary>
    public IEnumerable<Fact> Read(HubSpotObject contact, DateTimeOffset readAt) => [.. OptOuts(contact, readAt), .. Bounces(contact, readAt), .. Consents(contact)];

    private static IEnumerable<Fact> OptOuts(HubSpotObject contact, DateTimeOffset readAt)
    {
        var isOut = contact.Flag(OptOut) is true;
        if (contact.History(OptOut) is not { } history)
        {
            if (isOut) yield return new Fact($"contacts/{contact.Id}/optout", Left(contact.Id, readAt) with { TimeBasis = TimeBasis.Arrival });
            yield break;
        }
        var wasOut = false;
        foreach (var (at, value) in history)
        {
            if (value is "true") yield return OptedOut(contact.Id, at);
            else if (wasOut && value is (null or "false")) yield return new Fact($"contacts/{contact.Id}/optin/{HubSpotTime.Key(at)}", CameBack(contact.Id, at));
            wasOut = value is "true";
        }
    }

    private static IEnumerable<Fact> Bounces(HubSpotObject contact, DateTimeOffset readAt)
    {
        var reason = contact.Text(Bounce);
        if (contact.History(Bounce) is { } history) return history.Where(version => version.Value is not null).Select(version => Bounced(contact.Id, version.At, version.Value ?? ""));
        return reason is null ? [] : [new Fact($"contacts/{contact.Id}/bounce", Refused(contact.Id, readAt, reason) with { TimeBasis = TimeBasis.Arrival })];
    }

    private IEnumerable<Fact> Consents(HubSpotObject contact) =>
        from consent in properties.Consents
        from version in contact.History(consent.Name) ?? []
        let state = StateOf(version.Value)
        where state is not null
        select new Fact($"contacts/{contact.Id}/{consent.Name}/{HubSpotTime.Key(version.At)}", new ConsentChanged
        {
            OccurredAt = version.At,
            Person = Of(contact.Id),
            Source = SourceOf(contact.Id),
            Channel = consent.Channel,
            State = state.Value,
            Basis = consent.Name,
        });

    // A box that was emptied says nothing: nobody may ever have seen it.
    private static ConsentState? StateOf(string? value) =>
        Yes.Contains(value, StringComparer.OrdinalIgnoreCase) ? ConsentState.Granted : No.Contains(value, StringComparer.OrdinalIgnoreCase) ? ConsentState.Withdrawn : null;

    private static EmailUnsubscribed Left(string contact, DateTimeOffset at) => new() { OccurredAt = at, Person = Of(contact), Source = SourceOf(contact) };

    private static EmailSubscribed CameBack(string contact, DateTimeOffset at) => new() { OccurredAt = at, Person = Of(contact), Source = SourceOf(contact) };

    private static EmailBounced Refused(string contact, DateTimeOffset at, string reason) =>
        new() { OccurredAt = at, Person = Of(contact), Source = SourceOf(contact), Type = BounceType.Hard, Description = reason };

    private static Person Of(string contact) => new() { Identifiers = [Identifier.Customer(contact)] };

    private static SourceReference SourceOf(string contact) => new() { ObjectType = HubSpotKind.Contact.Name, ObjectId = contact };
}
