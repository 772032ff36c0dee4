using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>Who may not be written to: bounced, complained, left; and who came back.</summary>
internal static class SendGridSuppressions
{
    /// <summary>The message did not arrive. <c>blocked</c> is the server's refusal of this message, not of the address (SendGrid: it is not put on the bounce list).</summary>
    public static Normalization Bounced(SendGridEvent told) => Bounced(told, told.Text("type") switch
    {
        "bounce" => BounceType.Hard,
        "blocked" => BounceType.Soft,
        _ => null,
    });

    /// <summary>SendGrid did not send, because of what it knows of the address: the event that told so first may have been missed.</summary>
    public static Normalization Dropped(SendGridEvent told) => told.Text("reason")?.ToLowerInvariant() switch
    {
        "bounced address" => Bounced(told, BounceType.Hard),
        "spam reporting address" => Complained(told),
        "unsubscribed address" => LeftGroup(told),
        _ => told.Ignored("the message was not sent, for a reason that says nothing of the address"),
    };

    /// <summary>The person called the message spam.</summary>
    public static Normalization Complained(SendGridEvent told) => Normalization.Of(told.Key, new EmailComplained
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListId = told.GroupId,
        ListName = told.GroupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
    });

    /// <summary>The person left all letters: whichever group the message was of, no group is named.</summary>
    public static Normalization LeftAll(SendGridEvent told) => Left(told, groupId: null, groupName: null);

    /// <summary>The person left one group of letters.</summary>
    public static Normalization LeftGroup(SendGridEvent told) => Left(told, told.GroupId, told.GroupName);

    /// <summary>The person wants the letters of a group again.</summary>
    public static Normalization CameBack(SendGridEvent told) => Normalization.Of(told.Key, new EmailSubscribed
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListId = told.GroupId,
        ListName = told.GroupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
    });

    private static Normalization Left(SendGridEvent told, string? groupId, string? groupName) => Normalization.Of(told.Key, new EmailUnsubscribed
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListId = groupId,
        ListName = groupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
    });

    private static Normalization Bounced(SendGridEvent told, BounceType? type) => Normalization.Of(told.Key, new EmailBounced
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListId = told.GroupId,
        ListName = told.GroupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
        Type = type,
        Code = told.Text("status"),
        Description = PayloadText.Clean(string.Join(": ", new[] { told.Text("bounce_classification"), told.Text("reason") }.OfType<string>())),
    });
}
