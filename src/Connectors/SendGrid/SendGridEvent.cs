using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>One event of a batch, and what its topics share.</summary>
internal sealed class SendGridEvent(Payload told, SendGridRecipients recipients, IReadOnlyDictionary<string, string> groups)
{
    // Seconds beyond the year 5000: such a number is milliseconds.
    private const long LeastMilliseconds = 100_000_000_000;

    // The message that all of SendGrid's example events are about, in its documentation and in what its test sends.
    private const string ExampleMessage = "14c5d75ce93.dfd.64b469";
    private const string ExampleRecipient = "example@test.com";

    /// <summary>The topic; null when the element tells none.</summary>
    public static string? TopicOf(Payload told) => told["event"] is { IsText: true } topic ? topic.Text() : null;

    /// <summary>Whether the event is an example of SendGrid's, and about nobody.</summary>
    public static bool IsExample(Payload told) =>
        told["email"].Text() is ExampleRecipient || told["smtp-id"].Text()?.Contains(ExampleMessage, StringComparison.Ordinal) is true
            || told["sg_message_id"].Text()?.StartsWith(ExampleMessage, StringComparison.Ordinal) is true;

    /// <summary>When it happened, UTC. Usually in Unix seconds; Single Sends were seen with milliseconds.</summary>
    public DateTimeOffset Time { get; } = ReadTime(told["timestamp"]);

    /// <summary>Whom it concerns.</summary>
    public Person Person { get; } = recipients.Of(told);

    /// <summary>Names the fact: by the event's own id, which every copy of it carries; where it is missing, by what tells two events apart.</summary>
    public string Key => $"{TopicOf(told)}/{told["sg_event_id"].Text() ?? Digest}";

    /// <summary>The message as the vendor's object; the event itself where no message is told (a bounce that comes late).</summary>
    public SourceReference Source => MessageId is { } message
        ? new() { ObjectType = "message", ObjectId = message }
        : new() { ObjectType = "event", ObjectId = told["sg_event_id"].Text() ?? Digest };

    /// <summary>The unsubscribe group that the message belongs to.</summary>
    public string? GroupId => told["asm_group_id"].Id();

    /// <summary>Name of the group, when the settings tell.</summary>
    public string? GroupName => GroupId is { } id ? groups.GetValueOrDefault(id) : null;

    /// <summary>The Single Send, the automation or the campaign; of a transactional message its id.</summary>
    public string? CampaignId => told["singlesend_id"].Id() ?? told["mc_auto_id"].Id() ?? told["marketing_campaign_id"].Id() ?? MessageId;

    /// <summary>The campaign's name, else the template's, else the categories.</summary>
    public string? CampaignName =>
        told["singlesend_name"].Text() ?? told["mc_auto_name"].Text() ?? told["marketing_campaign_name"].Text() ?? told["sg_template_name"].Text() ?? Categories;

    /// <summary>Text of the event.</summary>
    public string? Text(string member) => told[member].Text();

    /// <summary>True or false of the event.</summary>
    public bool? Flag(string member) => told[member].Flag();

    /// <summary>That it says nothing that the hub keeps.</summary>
    public Normalization Ignored(string reason) => new Normalization.Ignored(TopicOf(told) ?? "", reason);

    // What follows the first dot tells the server and the attempt; what precedes it is the id that sending answered with.
    private string? MessageId => told["sg_message_id"].Text()?.Split('.')[0] is { Length: > 0 } id ? id : null;

    // One text, or a list of such.
    private string? Categories
    {
        get
        {
            var categories = told["category"];
            return categories.IsList ? PayloadText.Clean(string.Join(", ", categories.Items().Select(item => item.Text()).OfType<string>())) : categories.Text();
        }
    }

    private string Digest
    {
        get
        {
            var parts = $"{Time.UtcTicks}\n{told["email"].Text()}\n{told["sg_message_id"].Text()}\n{told["url"].Text()}";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)).AsSpan(0, 16));
        }
    }

    private static DateTimeOffset ReadTime(Payload timestamp)
    {
        if (timestamp.Integer() is not { } number) throw timestamp.Missing();
        if (number < LeastMilliseconds) return timestamp.RequiredEpochSeconds();
        return PayloadText.EpochSeconds(number / 1000, timestamp.Path).AddMilliseconds(number % 1000);
    }
}
