using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>One call of a tracking library.</summary>
/// <param name="delivery">What it came with.</param>
/// <param name="item">The call.</param>
/// <param name="whole">The body, whose context stands in for what the call's own leaves out.</param>
/// <param name="topic">Its type, and the name of the event after it.</param>
internal sealed class SegmentCall(WebhookDelivery delivery, Payload item, Payload whole, string topic)
{
    // Clocks of browsers are wrong now and then; one that runs ahead would outweigh whatever comes until then.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    // What differs from one try to the next, or is no part of what was said.
    private static readonly string[] Transport = ["sentAt", "receivedAt", "_metadata", "writeKey"];

    private readonly DateTimeOffset? told = SegmentValue.Time(item["timestamp"]) is { } at && at <= delivery.ReceivedAt + Ahead ? at : null;

    /// <summary>Names the call: its message id, the same on a retry; a digest of what it says where it has none.</summary>
    public string Id { get; } = SegmentValue.Scalar(item["messageId"]) ?? Digest(item);

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time => told ?? delivery.ReceivedAt;

    /// <summary>Whether the sender's clock told <see cref="Time"/>.</summary>
    public TimeBasis Basis => told is null ? TimeBasis.Arrival : TimeBasis.Vendor;

    /// <summary>Its type, and the name of the event after it.</summary>
    public string Topic => topic;

    /// <summary>The call itself.</summary>
    public Payload Item => item;

    /// <summary>What is told of the event or page.</summary>
    public Payload Properties => item["properties"];

    /// <summary>The person, by ids, traits and context.</summary>
    public Person Person => Who(_ => { });

    /// <summary>Where the call was made.</summary>
    public Payload Page => Context("page");

    /// <summary>The call as a vendor's object.</summary>
    public SourceReference Source => new() { ObjectType = Type, ObjectId = Id };

    /// <summary>A member of the context; the one of the batch where the call has none.</summary>
    public Payload Context(string name) => item["context"][name] is { Exists: true } own ? own : whole["context"][name];

    /// <summary>The person, with what the call tells besides; of two values for one attribute that counts first.</summary>
    public Person Who(Action<Respondent> tell)
    {
        var person = new Respondent();
        SegmentIdentity.TellUser(person, SegmentValue.Scalar(item["userId"]));
        if (SegmentValue.Scalar(item["anonymousId"]) is { } visitor) person.Tell("anonymous", visitor);
        tell(person);
        SegmentTraits.Tell(person, Context("traits"));
        if (SegmentValue.Scalar(Context("locale")) is { } locale) person.Tell("locale", locale);
        if (SegmentValue.Scalar(Context("timezone")) is { } zone) person.Tell("timeZone", zone);
        return person.ToPerson();
    }

    /// <summary>The campaign of the page's address, and the site that led here; a page reached from within the site tells neither.</summary>
    public Attribution? Attribution
    {
        get
        {
            var (campaign, url) = (Context("campaign"), Url);
            var led = UtmParameters.Of(name => SegmentValue.Scalar(campaign[name is "utm_campaign" ? "name" : name[4..]])) ?? UtmParameters.OfLink(url);
            var referrer = SegmentValue.Scalar(Page["referrer"]) ?? SegmentValue.Scalar(Properties["referrer"]);
            if (Host(referrer) is not { } from || from == Host(url)) referrer = null;
            return led is null && referrer is null ? null : (led ?? new Attribution()) with { Referrer = referrer, LandingPage = url };
        }
    }

    /// <summary>Address of the page where the call was made.</summary>
    public string? Url => SegmentValue.Scalar(Page["url"]) ?? (Type is "page" ? SegmentValue.Scalar(Properties["url"]) : null);

    private string Type => topic.Split(' ')[0];

    private static string? Host(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : null;

    private static string Digest(Payload item)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!item.IsObject) return "";
        foreach (var (name, value) in item.Members().Where(member => !Transport.Contains(member.Name, StringComparer.Ordinal)).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(value.Raw().Span);
            hash.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(..16));
    }
}
