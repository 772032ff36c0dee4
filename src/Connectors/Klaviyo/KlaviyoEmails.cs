using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Letters: delivered, opened, clicked, bounced, called spam.</summary>
internal static class KlaviyoEmails
{
    /// <summary>A letter arrived. Klaviyo's "received" is the person's.</summary>
    public static Normalization Received(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailSent
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
    });

    /// <summary>A letter's pictures were loaded: by the person, or by a mail program that loads them all.</summary>
    public static Normalization Opened(KlaviyoEvent told) => told.Scalar("machine_open") is "true"
        ? told.Ignored("a mail program loaded the pictures, not the person (machine_open)")
        : Normalization.Of(told.Key, new EmailOpened
        {
            OccurredAt = told.Time,
            Person = told.Person,
            Source = told.Source,
            CampaignId = told.MessageId,
            CampaignName = told.CampaignName,
        });

    /// <summary>A link of a letter was followed.</summary>
    public static Normalization Clicked(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailClicked
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        Attribution = UtmParameters.OfLink(told.Text("URL")),
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
        Url = told.Text("URL"),
    });

    /// <summary>A letter did not arrive.</summary>
    public static Normalization Bounced(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailBounced
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
        Type = told.Text("Bounce Type")?.ToLowerInvariant() switch { "hard" => BounceType.Hard, "soft" => BounceType.Soft, _ => null },
    });

    /// <summary>The person called a letter spam.</summary>
    public static Normalization Complained(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailComplained
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
    });
}
