namespace IntegrationHub.Connectors.Segment;

/// <summary>Names of events: the standard ones, older and similar names of the same, and those that the settings say are the same. Case does not matter.</summary>
internal sealed class SegmentEventNames
{
    /// <summary>The standard events that are read.</summary>
    public static readonly IReadOnlyList<string> Read =
    [
        "Signed Up", "File Downloaded", "Order Completed", "Order Updated", "Order Refunded", "Order Cancelled", "Checkout Started", "Coupon Applied", "Trial Started", "Trial Ended",
        "Email Delivered", "Email Opened", "Email Link Clicked", "Email Bounced", "Email Marked as Spam", "Unsubscribed", "Segment Consent Preference Updated",
    ];

    private const int MaxNameLength = 100;

    // A browser key is public: what would silence an address, and merging and deleting people, need a key that is not.
    private static readonly string[] TypesForBrowsers = ["identify", "track", "page", "screen", "group"];
    private static readonly string[] TopicsForServers = ["track Email Bounced", "track Email Marked as Spam"];

    private readonly Dictionary<string, string> standard = new(StringComparer.OrdinalIgnoreCase)
    {
        ["User Signed Up"] = "Signed Up", ["Account Created"] = "Signed Up", ["Content Downloaded"] = "File Downloaded", ["Completed Order"] = "Order Completed",
        ["Refunded Order"] = "Order Refunded", ["Cancelled Order"] = "Order Cancelled", ["Order Canceled"] = "Order Cancelled", ["Started Checkout"] = "Checkout Started",
    };

    public SegmentEventNames(IReadOnlyDictionary<string, string> own)
    {
        foreach (var name in Read.Concat(SegmentIgnored.Events.Keys)) standard[name] = name;
        foreach (var (name, meaning) in own) standard[name] = meaning;
    }

    /// <summary>The topic of a call: its type, and for track the name of the event. Null when neither the call nor its path tells a type.</summary>
    public string? TopicOf(Payload call, string? path)
    {
        if (!call.IsObject || (SegmentValue.Scalar(call["type"]) ?? SegmentRoutes.TypeOf(path)) is not { } type) return null;
        return type is "track" ? $"track {Standard(SegmentValue.Scalar(call["event"]) ?? "(without a name)")}" : Short(type);
    }

    /// <summary>Whether a page may make the call, with a key that everybody can read.</summary>
    public bool MayComeFromBrowsers(Payload call, string? path)
    {
        var topic = TopicOf(call, path);
        return topic is not null && TypesForBrowsers.Contains(topic.Split(' ')[0], StringComparer.Ordinal) && !TopicsForServers.Contains(topic, StringComparer.Ordinal);
    }

    private string Standard(string name) => standard.TryGetValue(name, out var known) ? known : Short(name);

    private static string Short(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength];
}
