using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>What mail tools tell by way of tracking calls: https://segment.com/docs/connections/spec/email, read 2026-11-20.</summary>
internal static class SegmentEmails
{
    public static Normalization Delivered(SegmentCall call) => Told(call, new EmailSent { OccurredAt = call.Time, Person = Recipient(call), Source = call.Source });

    public static Normalization Opened(SegmentCall call) => Told(call, new EmailOpened { OccurredAt = call.Time, Person = Recipient(call), Source = call.Source });

    public static Normalization Clicked(SegmentCall call) => Told(call, new EmailClicked
    {
        OccurredAt = call.Time,
        Person = Recipient(call),
        Source = call.Source,
        Url = SegmentValue.Scalar(call.Properties["link_url"]),
        Attribution = UtmParameters.OfLink(SegmentValue.Scalar(call.Properties["link_url"])),
    });

    /// <summary>It does not say whether the address is dead or the trouble passes.</summary>
    public static Normalization Bounced(SegmentCall call) => Told(call, new EmailBounced { OccurredAt = call.Time, Person = Recipient(call), Source = call.Source });

    public static Normalization Complained(SegmentCall call) => Told(call, new EmailComplained { OccurredAt = call.Time, Person = Recipient(call), Source = call.Source });

    public static Normalization Unsubscribed(SegmentCall call) => Told(call, new EmailUnsubscribed { OccurredAt = call.Time, Person = Recipient(call), Source = call.Source });

    private static Normalization Told(SegmentCall call, EmailEvent email) => Normalization.Of($"messages/{call.Id}", email with
    {
        TimeBasis = call.Basis,
        ListId = SegmentValue.Scalar(call.Properties["list_id"]),
        ListName = SegmentValue.Scalar(call.Properties["list_name"]),
        CampaignId = SegmentValue.Scalar(call.Properties, "campaign_id", "email_id"),
        CampaignName = SegmentValue.Scalar(call.Properties, "campaign_name", "email_subject"),
    });

    // Mail tools put the address into context.traits; some into the properties.
    private static Person Recipient(SegmentCall call) => call.Who(person =>
    {
        if (SegmentValue.Scalar(call.Context("traits")["email"]) is null && SegmentValue.Scalar(call.Properties["email"]) is { } email) person.Tell("email", email);
    });
}
