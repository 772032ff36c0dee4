using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Reads members as the API tells them: the facts that webhooks tell, and what no webhook tells.</summary>
internal sealed class MailchimpObjects(MailchimpAccount account)
{
    public const string Member = "member";

    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IMailchimpApi api, CancellationToken cancellationToken)
    {
        var parts = reference.ObjectId.Split('/');
        var member = await api.MemberAsync(parts[0], parts[1], cancellationToken);
        return [Whole(reference, member, await MailchimpInterests.OfAsync(parts[0], [member], api, cancellationToken))];
    }

    /// <summary>A member with the names of its interests.</summary>
    public static VendorObject Whole(ObjectReference reference, Payload member, MailchimpInterests interests) =>
        new(reference, ObjectBody.Of(("member", member.Raw()), ("categories", ObjectBody.ListOf(interests.ChosenBy(member)))));

    /// <summary>Very many calls are answered with a 403 or 429 that is no JSON. See https://mailchimp.com/developer/marketing/docs/fundamentals/, read 2026-11-22.</summary>
    public static VendorException? Judge(VendorAnswer answer) =>
        answer.Status == 403 && answer.Json() is null ? new VendorException(VendorFault.Throttled, "the vendor has had too many calls (403 without an explanation)") { RetryAfter = answer.RetryAfter() } : null;

    public Normalization Read(Payload told)
    {
        var member = told["member"];
        var changed = member["last_changed"].RequiredTime();
        var message = Message(told, changed);
        List<Normalization> said = member["status"].RequiredText() switch
        {
            "subscribed" => Subscribed(told, message),
            "unsubscribed" => [MailchimpSubscriptions.Unsubscribed(message)],
            // At which campaign the address bounced is not told.
            "cleaned" => [MailchimpSubscriptions.Cleaned(message), MailchimpMembers.Changed(message)],
            _ => [MailchimpMembers.Changed(message)],
        };
        return Normalization.Batch([.. said, .. Traits(member, message), .. TextMessages(told)]);
    }

    // Who has just joined has told everything with that.
    private List<Normalization> Subscribed(Payload told, MailchimpMessage changed)
    {
        var joined = Message(told, told["member"]["timestamp_opt"].Time() ?? told["member"]["timestamp_signup"].Time() ?? changed.Time);
        return [MailchimpSubscriptions.Subscribed(joined), .. joined.Time == changed.Time ? (Normalization[])[] : [MailchimpMembers.Changed(changed)]];
    }

    // Tags, language: no webhook tells them, so they are a fact of their own.
    private static IEnumerable<Normalization> Traits(Payload member, MailchimpMessage message)
    {
        string[] tags = [.. member["tags"].Items().Select(tag => tag["name"].Text()).OfType<string>()];
        var language = member["language"].Text();
        if (tags.Length == 0 && language is null) yield break;
        var digest = MailchimpMergeFields.Digest(string.Join('\0', tags.Order(StringComparer.Ordinal).Prepend(language)));
        yield return Normalization.Of($"{message.KeyOfMember("traits")}/{digest}", new ContactObserved
        {
            OccurredAt = message.Time,
            Person = new Person { Identifiers = message.Person.Identifiers, Locale = language, Tags = tags },
            Source = message.Member,
        });
    }

    private IEnumerable<Normalization> TextMessages(Payload told)
    {
        var member = told["member"];
        if (member["sms_phone_number"].Text() is not { } phone || member["sms_subscription_last_updated"].Time() is not { } at) yield break;
        ConsentState? state = member["sms_subscription_status"].Text() switch
        {
            "subscribed" => ConsentState.Granted,
            "pending" => ConsentState.Pending,
            "unsubscribed" => ConsentState.Withdrawn,
            _ => null,
        };
        if (state is not { } known) yield break;
        var message = Message(told, at);
        yield return Normalization.Of(message.KeyOfMember("consent/sms"), new ConsentChanged
        {
            OccurredAt = at,
            Person = new Person { Identifiers = [Identifier.Customer(message.MemberId), Identifier.Phone(phone)] },
            Source = message.Member,
            Channel = ConsentChannel.Sms,
            State = known,
        });
    }

    private MailchimpMessage Message(Payload told, DateTimeOffset time) => new(MailchimpForm.Of(told, time), account);
}
