using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Clients' profiles, as webhooks and the history tell them.</summary>
internal sealed class MindbodyClients(string? defaultCountry)
{
    public Normalization Seen(MindbodyEvent told)
    {
        var (body, site, id) = (told.Body, told.Site, told.Body["clientUniqueId"].RequiredId());
        return Seen(site, id, told.At, Person(site, id, body), body["referredBy"].Text(), body["sendPromotionalEmails"], body["sendPromotionalTexts"]);
    }

    /// <summary>The facts of a profile.</summary>
    /// <param name="site">The site.</param>
    /// <param name="id">The id that stays.</param>
    /// <param name="at">When it was so.</param>
    /// <param name="person">The client.</param>
    /// <param name="referredBy">How the client heard of the studio.</param>
    /// <param name="emails">Whether advertising by e-mail is allowed.</param>
    /// <param name="texts">Whether advertising by text message is allowed.</param>
    public static Normalization Seen(MindbodySite site, string id, DateTimeOffset at, Person person, string? referredBy, Payload emails, Payload texts)
    {
        var source = site.Source("client", id);
        List<Fact> facts = [site.Fact($"clients/{id}/state/{Stamp(at)}", new ContactObserved
        {
            OccurredAt = at,
            Person = person,
            Source = source,
            Attribution = referredBy is null ? null : new Attribution { Source = referredBy },
        })];
        AddConsent(ConsentChannel.Email, emails, "sendPromotionalEmails");
        AddConsent(ConsentChannel.Sms, texts, "sendPromotionalTexts");
        return Normalization.Of(facts);

        // Any visit saves the profile. A yes is told once: said again with each visit, it would outweigh an unsubscription elsewhere. A no is told each time, for one may have taken back a yes that came between.
        void AddConsent(ConsentChannel channel, Payload flag, string basis)
        {
            if (flag.Flag() is not { } allowed) return;
            var name = $"clients/{id}/consent/{channel.ToString().ToLowerInvariant()}";
            facts.Add(site.Fact(allowed ? $"{name}/granted" : $"{name}/withdrawn/{Stamp(at)}", new ConsentChanged
            {
                OccurredAt = at,
                Person = person,
                Source = source,
                Channel = channel,
                State = allowed ? ConsentState.Granted : ConsentState.Withdrawn,
                Basis = basis,
            }));
        }
    }

    /// <summary>Mindbody deletes nobody: making a client inactive is how a studio removes one. The next telling brings the profile back.</summary>
    public static Normalization Deactivated(MindbodyEvent told)
    {
        var id = told.Body["clientUniqueId"].RequiredId();
        return Normalization.Of(told.Site.Fact($"clients/{id}/deactivated/{Stamp(told.At)}", Removed(told.Site, id, told.Body["clientId"].Id(), told.At)));
    }

    /// <summary>Two profiles are one person.</summary>
    public static Normalization Merged(MindbodyEvent told)
    {
        var (site, kept, removed) = (told.Site, told.Body["keptClientUniqueId"].RequiredId(), told.Body["removedClientUniqueId"].RequiredId());
        return Normalization.Of([site.Fact($"clients/{kept}/merged/{removed}", new ContactObserved
        {
            OccurredAt = told.Body["mergeDateTime"].Time() ?? told.At,
            Person = new Person { Identifiers = [.. site.Identifiers(kept, told.Body["keptClientId"].Id(), email: null), Identifier.Customer(site.Wide(removed))] },
            Source = site.Source("client", kept),
        })]);
    }

    /// <summary>A time as it stands in the key of a fact.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    /// <summary>A profile of the history.</summary>
    public Normalization Read(MindbodySite site, Payload body, MindbodyClock clock, DateTimeOffset readAt)
    {
        var (id, clientId, changed) = (body["UniqueId"].RequiredId(), body["Id"].Id(), clock.Time(body["LastModifiedDateTime"]));
        if (body["Active"].Flag() is false) return Inactive(site, id, clientId, changed, readAt);
        var at = changed ?? clock.Required(body["CreationDate"]);
        var client = new MindbodyProfile(defaultCountry);
        client.Tell(name => body[$"{char.ToUpperInvariant(name[0])}{name[1..]}"]);
        client.TellCustom("liability_released", body["LiabilityRelease"]);
        client.TellCustom("home_location", body["HomeLocation"]["Id"]);
        var person = client.ToPerson(body["BirthDate"]) with { Identifiers = [.. site.Identifiers(id, clientId, body["Email"].Text()), .. client.Phones] };
        return Seen(site, id, at, person, body["ReferredBy"].Text(), body["SendPromotionalEmails"], body["SendPromotionalTexts"]);
    }

    private static Normalization Inactive(MindbodySite site, string id, string? clientId, DateTimeOffset? changed, DateTimeOffset readAt) => Normalization.Of(changed is { } at
        ? site.Fact($"clients/{id}/deactivated/{Stamp(at)}", Removed(site, id, clientId, at))
        : site.Fact($"clients/{id}/deactivated", Removed(site, id, clientId, readAt) with { TimeBasis = TimeBasis.Arrival }));

    private static ContactRemovedAtSource Removed(MindbodySite site, string id, string? clientId, DateTimeOffset at) =>
        new() { OccurredAt = at, Person = new Person { Identifiers = site.Identifiers(id, clientId, email: null) }, Source = site.Source("client", id) };

    private Person Person(MindbodySite site, string id, Payload body)
    {
        var client = new MindbodyProfile(defaultCountry);
        client.Tell(name => body[name]);
        client.TellCustom("liability_released", body["isLiabilityReleased"]);
        client.TellCustom("home_location", body["homeLocation"]);
        client.TellCustom("visits", body["clientNumberOfVisitsAtSite"]);
        foreach (var index in body["indexes"].Items())
        {
            if (index["indexName"].Text() is { } name) client.TellCustom($"index_{name}", index["indexValue"]);
        }
        return client.ToPerson(body["birthDateTime"]) with { Identifiers = [.. site.Identifiers(id, body["clientId"].Id(), body["email"].Text()), .. client.Phones] };
    }
}
