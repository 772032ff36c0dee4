using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Who may be written to.</summary>
internal static class KlaviyoConsent
{
    /// <summary>The person wants letters.</summary>
    public static Normalization Subscribed(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailSubscribed
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListName = told.Text("List"),
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
    });

    /// <summary>The person wants no letters, of a list or at all.</summary>
    public static Normalization Unsubscribed(KlaviyoEvent told) => Normalization.Of(told.Key, new EmailUnsubscribed
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        ListName = told.Text("List"),
        CampaignId = told.MessageId,
        CampaignName = told.CampaignName,
    });

    /// <summary>Staff took the person off: as good as a withdrawal, whoever wished it.</summary>
    public static Normalization Suppressed(KlaviyoEvent told) => Changed(told, ConsentChannel.Email, ConsentState.Withdrawn, "manually_suppressed");

    /// <summary>The person wants text messages.</summary>
    public static Normalization JoinedSms(KlaviyoEvent told) => Changed(told, ConsentChannel.Sms, ConsentState.Granted, told.Text("$consent_method"));

    /// <summary>The person wants no text messages.</summary>
    public static Normalization LeftSms(KlaviyoEvent told) => Changed(told, ConsentChannel.Sms, ConsentState.Withdrawn, told.Text("$consent_method"));

    private static Normalization Changed(KlaviyoEvent told, ConsentChannel channel, ConsentState state, string? basis) => Normalization.Of(told.Key, new ConsentChanged
    {
        OccurredAt = told.Time,
        Person = told.Person,
        Source = told.Source,
        Channel = channel,
        State = state,
        Basis = basis,
    });
}
