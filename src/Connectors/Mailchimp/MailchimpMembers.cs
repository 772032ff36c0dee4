using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>What is known of members: their merge fields, and their address.</summary>
internal static class MailchimpMembers
{
    /// <summary>Merge fields or interests changed. It says nothing of the subscription.</summary>
    public static Normalization Changed(MailchimpMessage message) => Normalization.Of($"{message.KeyOfMember("state")}/{message.Digest}", new ContactObserved
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = message.Member,
        Attribution = message.Attribution,
    });

    /// <summary>A member has another address; a <c>profile</c> usually follows. Both addresses are the person's.</summary>
    public static Normalization Moved(MailchimpMessage message)
    {
        var (former, current) = (message.RequiredText("data[old_email]"), message.RequiredText("data[new_email]"));
        var (from, to) = (MailchimpAccount.SubscriberHash(former), MailchimpAccount.SubscriberHash(current));
        return Normalization.Of($"lists/{message.ListId ?? "0"}/addresses/{from}/moved/{to}/{message.Moment}", new ContactObserved
        {
            OccurredAt = message.Time,
            Person = new Person { Identifiers = [Identifier.Email(current), Identifier.Email(former)] },
            Source = message.Address(to),
        });
    }
}
