using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Profiles, which the API alone tells: who the person is, what they want, and whether letters reach them.</summary>
/// <param name="externalIdIsUser">Whether <c>external_id</c> is the business's own user id.</param>
internal sealed class KlaviyoProfiles(bool externalIdIsUser)
{
    public const string ObjectType = "profile";

    public Normalization Seen(Payload profile, DateTimeOffset readAt)
    {
        var (id, attributes) = (profile["id"].RequiredId(), profile["attributes"]);
        var changed = attributes["updated"].RequiredTime();
        var person = Describe(id, attributes);
        var source = new SourceReference { ObjectType = ObjectType, ObjectId = id, Url = profile["links"]["self"].Text() };
        // What was said once stays as it was said, whatever address the profile has by now.
        var whom = new Person { Identifiers = [Identifier.Customer(id)] };
        List<Fact> facts = [new($"profiles/{id}/state/{Key(changed)}", new ContactObserved { OccurredAt = changed, Person = person, Source = source })];
        var (email, sms) = (attributes["subscriptions"]["email"]["marketing"], attributes["subscriptions"]["sms"]["marketing"]);
        facts.AddRange(Consent(email, ConsentChannel.Email, id, whom, source, readAt));
        facts.AddRange(Consent(sms, ConsentChannel.Sms, id, whom, source, readAt));
        facts.AddRange(email["suppression"].Items().Select(suppression => Suppressed(suppression, id, whom, source)).OfType<Fact>());
        return Normalization.Of(facts);
    }

    // Nobody who never subscribed has refused anything.
    private static IEnumerable<Fact> Consent(Payload marketing, ConsentChannel channel, string id, Person person, SourceReference source, DateTimeOffset readAt)
    {
        ConsentState? state = marketing["consent"].Text() switch { "SUBSCRIBED" => ConsentState.Granted, "UNSUBSCRIBED" => ConsentState.Withdrawn, _ => null };
        if (state is not { } told) yield break;
        // The time of consent stays when it is withdrawn.
        var at = told is ConsentState.Granted ? marketing["consent_timestamp"].Time() ?? marketing["last_updated"].Time() : marketing["last_updated"].Time();
        yield return new Fact($"profiles/{id}/{channel.ToString().ToLowerInvariant()}_consent/{told.ToString().ToLowerInvariant()}/{(at is { } known ? Key(known) : "undated")}", new ConsentChanged
        {
            OccurredAt = at ?? readAt,
            TimeBasis = at is null ? TimeBasis.Arrival : TimeBasis.Vendor,
            Person = person,
            Source = source,
            Channel = channel,
            State = told,
            Basis = string.Join(", ", new[] { marketing["method"].Text(), marketing["method_detail"].Text() }.OfType<string>()) is { Length: > 0 } basis ? basis : null,
        });
    }

    private static Fact? Suppressed(Payload suppression, string id, Person person, SourceReference source)
    {
        if (suppression["timestamp"].Time() is not { } at || suppression["reason"].Text() is not { } reason) return null;
        ContactEvent? told = reason switch
        {
            "HARD_BOUNCE" or "INVALID_EMAIL" => new EmailBounced { OccurredAt = at, Person = person, Source = source, Type = BounceType.Hard, Code = reason },
            "SPAM_COMPLAINT" => new EmailComplained { OccurredAt = at, Person = person, Source = source },
            "UNSUBSCRIBE" or "USER_SUPPRESSED" => new ConsentChanged { OccurredAt = at, Person = person, Source = source, Channel = ConsentChannel.Email, State = ConsentState.Withdrawn, Basis = reason.ToLowerInvariant() },
            _ => null,
        };
        return told is null ? null : new Fact($"profiles/{id}/suppressed/{reason.ToLowerInvariant()}/{Key(at)}", told);
    }

    private Person Describe(string id, Payload attributes)
    {
        var (location, external) = (attributes["location"], attributes["external_id"].Id());
        List<Identifier> identifiers = [Identifier.Customer(id)];
        if (externalIdIsUser && external is not null) identifiers.Add(Identifier.User(external));
        if (attributes["email"].Text() is { } email) identifiers.Add(Identifier.Email(email));
        if (attributes["phone_number"].Text() is { } phone) identifiers.Add(Identifier.Phone(phone));
        return new Person
        {
            Identifiers = identifiers,
            FirstName = attributes["first_name"].Text(),
            LastName = attributes["last_name"].Text(),
            Company = attributes["organization"].Text(),
            JobTitle = attributes["title"].Text(),
            Locale = attributes["locale"].Text(),
            TimeZone = location["timezone"].Text(),
            Street = (location["address1"].Text(), location["address2"].Text()) is ({ } first, { } second) ? $"{first}, {second}" : location["address1"].Text() ?? location["address2"].Text(),
            City = location["city"].Text(),
            Region = location["region"].Text(),
            PostalCode = location["zip"].Text(),
            Country = location["country"].Text(),
            Custom = Custom(attributes["properties"], externalIdIsUser ? null : external),
        };
    }

    private static Dictionary<string, string> Custom(Payload properties, string? external)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        if (external is not null) custom["external_id"] = external;
        foreach (var (name, value) in properties.Members())
        {
            // A dollar in front marks what Klaviyo keeps for itself.
            if (name.StartsWith('$') || value.IsObject) continue;
            var text = value.IsList ? string.Join(", ", value.Items().Where(item => !item.IsObject && !item.IsList).Select(item => item.Scalar()).OfType<string>()) : value.Scalar();
            if (!string.IsNullOrEmpty(text)) custom.TryAdd(name, text);
        }
        return custom;
    }

    private static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
