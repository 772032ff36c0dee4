using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Who may be written to: joined, left, bounced, complained.</summary>
internal static class MailchimpSubscriptions
{
    private const string Abuse = "abuse";

    /// <summary>A person joined the audience, and confirmed it where that is asked.</summary>
    public static Normalization Subscribed(MailchimpMessage message) => Normalization.Of(message.KeyOfMember("subscribed"), new EmailSubscribed
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = message.Member,
        Attribution = message.Attribution,
        ListId = message.ListId,
        ListName = message.ListName,
    });

    /// <summary>
    /// A person left the audience; by a complaint, or because the member was deleted, it is told beside. Some webhooks leave
    /// <c>data[action]</c> out (mailchimp/mc-magento issue 169): whatever it is, the person left.
    /// </summary>
    public static Normalization Unsubscribed(MailchimpMessage message)
    {
        var deleted = message.Text("data[action]") is "delete";
        var person = deleted ? new Person { Identifiers = [Identifier.Customer(message.MemberId)] } : message.Person;
        List<Fact> facts = [Left(message, person)];
        if (IsAbuse(message)) facts.Add(Complained(message, person, message.Email is { } email ? MailchimpAccount.SubscriberHash(email) : message.MemberId));
        if (deleted) facts.Add(Removed(message));
        return Normalization.Of(facts);
    }

    /// <summary>An address was taken out for good, by a complaint or because it does not work. Only the address is told.</summary>
    public static Normalization Cleaned(MailchimpMessage message)
    {
        var email = message.RequiredText("data[email]");
        var hash = MailchimpAccount.SubscriberHash(email);
        var person = new Person { Identifiers = [Identifier.Email(email)] };
        if (IsAbuse(message)) return Normalization.Of(Complained(message, person, hash));
        return Normalization.Of(message.KeyOfAddress(hash, "bounced"), new EmailBounced
        {
            OccurredAt = message.Time,
            Person = person,
            Source = message.Address(hash),
            ListId = message.ListId,
            ListName = message.ListName,
            CampaignId = message.CampaignId,
            Type = BounceType.Hard,
        });
    }

    private static Fact Left(MailchimpMessage message, Person person) => new(message.KeyOfMember("unsubscribed"), new EmailUnsubscribed
    {
        OccurredAt = message.Time,
        Person = person,
        Source = message.Member,
        ListId = message.ListId,
        ListName = message.ListName,
        CampaignId = message.CampaignId,
        Reason = message.Text("data[reason]"),
    });

    private static Fact Complained(MailchimpMessage message, Person person, string hash) => new(message.KeyOfAddress(hash, "complained"), new EmailComplained
    {
        OccurredAt = message.Time,
        Person = person,
        Source = message.Address(hash),
        ListId = message.ListId,
        ListName = message.ListName,
        CampaignId = message.CampaignId,
    });

    // What is told in the same second as a deletion may outlive it: so this fact alone holds the address, and the others no claim that it takes back.
    private static Fact Removed(MailchimpMessage message) => new(message.KeyOfMember("deleted"), new ContactRemovedAtSource
    {
        OccurredAt = message.Time,
        Person = new Person { Identifiers = message.Person.Identifiers },
        Source = message.Member,
    });

    private static bool IsAbuse(MailchimpMessage message) => string.Equals(message.Text("data[reason]"), Abuse, StringComparison.OrdinalIgnoreCase);
}
