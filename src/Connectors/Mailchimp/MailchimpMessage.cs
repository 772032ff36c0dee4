using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>One webhook: the form, and what its topics share.</summary>
internal sealed class MailchimpMessage(FormPayload form, MailchimpAccount account)
{
    private const string FiredAt = "fired_at";

    private readonly SortedDictionary<string, string> values = account.MergeFields.Read(form);

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Time { get; } = ReadTime(form);

    /// <summary><see cref="Time"/> as keys name it.</summary>
    public string Moment => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <summary>The audience.</summary>
    public string? ListId => form.Text("data[list_id]");

    /// <summary>Name of the audience, when the settings tell.</summary>
    public string? ListName => account.AudienceName(ListId);

    /// <summary>The campaign that caused it.</summary>
    public string? CampaignId => form.Text("data[campaign_id]");

    /// <summary>The address; null when the topic names it otherwise, and for members who gave a phone number only.</summary>
    public string? Email => form.Text("data[email]") ?? form.Text("data[merges][EMAIL]");

    /// <summary>
    /// The member's id. <c>data[web_id]</c> is the membership's own and outlives a change of address; <c>data[id]</c> is another name of the
    /// address, and stands in for it only where an old webhook leaves it out.
    /// </summary>
    public string MemberId => form.Text("data[web_id]") ?? form.RequiredText("data[id]");

    /// <summary>Whom it concerns.</summary>
    public Person Person
    {
        get
        {
            List<Identifier> identifiers = [Identifier.Customer(MemberId)];
            if (values.GetValueOrDefault("user") is { } user) identifiers.Add(Identifier.User(user));
            if (Email is { } email) identifiers.Add(Identifier.Email(email));
            if (values.GetValueOrDefault("phone") is { } phone) identifiers.Add(Identifier.Phone(phone));
            return MailchimpMergeFields.PersonOf(values) with { Identifiers = identifiers };
        }
    }

    /// <summary>The campaign that brought the person, where merge fields keep it.</summary>
    public Attribution? Attribution => MailchimpMergeFields.AttributionOf(values);

    /// <summary>The member as the vendor's object.</summary>
    public SourceReference Member => account.Member(Email is { } email ? MailchimpAccount.SubscriberHash(email) : MemberId, form.Text("data[web_id]"));

    /// <summary>A digest of the merge fields: times are whole seconds, and two changes within one are two facts.</summary>
    public string Digest => MailchimpMergeFields.Digest(form);

    /// <summary>Text of the body.</summary>
    public string? Text(string key) => form.Text(key);

    /// <summary>Text of the body that must be there.</summary>
    public string RequiredText(string key) => form.RequiredText(key);

    /// <summary>The member's place in keys, followed by what happened and when.</summary>
    public string KeyOfMember(string what) => $"lists/{ListId ?? "0"}/members/{MemberId}/{what}/{Moment}";

    /// <summary>
    /// What befell an address. A campaign reaches an address once: where one is told it names the fact and not the time, so that the
    /// complaint of <c>unsubscribe</c> and that of <c>cleaned</c> are one.
    /// </summary>
    public string KeyOfAddress(string hash, string what) => $"lists/{ListId ?? "0"}/addresses/{hash}/{what}/{CampaignId ?? Moment}";

    /// <summary>An address of the audience as the vendor's object.</summary>
    public SourceReference Address(string hash) => account.Member(hash, webId: null);

    // Without a zone; a signed webhook's own time, in Unix seconds, is the same when it is read as UTC.
    private static DateTimeOffset ReadTime(FormPayload form)
    {
        var text = form.RequiredText(FiredAt);
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var utc)
            ? PayloadText.Plausible(utc, FiredAt)
            : PayloadText.Time(text, FiredAt);
    }
}
