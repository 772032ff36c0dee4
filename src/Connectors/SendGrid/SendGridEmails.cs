using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>A message on its way: delivered, opened, clicked.</summary>
internal static class SendGridEmails
{
    /// <summary>The recipient's server took the message.</summary>
    public static Normalization Delivered(SendGridEvent told) => Normalization.Of(told.Key, new EmailSent
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListId = told.GroupId,
        ListName = told.GroupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
    });

    /// <summary>The message's pictures were loaded: by the person, or by a mail program that loads them all.</summary>
    public static Normalization Opened(SendGridEvent told) => told.Flag("sg_machine_open") is true
        ? told.Ignored("a mail program loaded the pictures, not the person (sg_machine_open)")
        : Normalization.Of(told.Key, new EmailOpened
        {
            OccurredAt = told.Time,
            Person = told.Person,
            Source = told.Source,
            ListId = told.GroupId,
            ListName = told.GroupName,
            CampaignId = told.CampaignId,
            CampaignName = told.CampaignName,
        });

    /// <summary>A link of the message was followed.</summary>
    public static Normalization Clicked(SendGridEvent told) => Normalization.Of(told.Key, new EmailClicked
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        Attribution = UtmParameters.OfLink(told.Text("url")),
        ListId = told.GroupId,
        ListName = told.GroupName,
        CampaignId = told.CampaignId,
        CampaignName = told.CampaignName,
        Url = told.Text("url"),
    });
}
