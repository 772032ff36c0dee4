using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Lists and campaigns.</summary>
internal static class ActiveCampaignEmails
{
    /// <summary>A contact joined a list. With list 0 it is only new (seen in captures: sent once for a brand-new contact).</summary>
    public static Normalization Subscribed(ActiveCampaignMessage message)
    {
        if (message.Lists is [null]) return Normalization.Of(ActiveCampaignContacts.Created(message));
        List<Fact> facts = [.. message.Lists.Select(list => new Fact(OfList(message, list, "subscribed"), new EmailSubscribed
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = message.Contact,
            Attribution = message.Attribution,
            ListId = list,
        }))];
        if (message.Id("form[id]") is { } form) facts.Add(Submitted(message, form));
        return Normalization.Of(facts);
    }

    /// <summary>A contact left a list.</summary>
    public static Normalization Unsubscribed(ActiveCampaignMessage message) =>
        Normalization.Of([.. message.Lists.Select(list => new Fact(OfList(message, list, "unsubscribed"), new EmailUnsubscribed
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = message.Contact,
            ListId = list,
            CampaignId = message.Id("campaign[id]"),
            CampaignName = CampaignName(message),
            Reason = message.Form.Text("unsubscribe[reason]"),
        }))]);

    /// <summary>A campaign did not reach the contact.</summary>
    public static Normalization Bounced(ActiveCampaignMessage message) => Normalization.Of(OfCampaign(message, "bounced"), new EmailBounced
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = message.Contact,
        ListId = message.Id("list"),
        CampaignId = message.Id("campaign[id]"),
        CampaignName = CampaignName(message),
        Type = message.Form.Text("bounce[type]")?.ToLowerInvariant() switch { "hard" => BounceType.Hard, "soft" => BounceType.Soft, _ => null },
        Code = message.Form.Text("bounce[code]"),
        Description = message.Form.Text("bounce[description]"),
    });

    /// <summary>A campaign was opened.</summary>
    public static Normalization Opened(ActiveCampaignMessage message) => Normalization.Of(OfCampaign(message, "opened"), new EmailOpened
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = message.Contact,
        ListId = message.Id("list"),
        CampaignId = message.Id("campaign[id]"),
        CampaignName = CampaignName(message),
    });

    /// <summary>A link of a campaign was followed.</summary>
    public static Normalization Clicked(ActiveCampaignMessage message)
    {
        var url = message.Form.Text("link[url]");
        return Normalization.Of(OfCampaign(message, $"links/{message.Id("link[id]") ?? "0"}/clicked"), new EmailClicked
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = message.Contact,
            Attribution = UtmParameters.OfLink(url),
            ListId = message.Id("list"),
            CampaignId = message.Id("campaign[id]"),
            CampaignName = CampaignName(message),
            Url = url,
        });
    }

    // A form that subscribes to several lists is told once a list, in the same second: one submission.
    private static Fact Submitted(ActiveCampaignMessage message, string form) => new($"forms/{form}/contacts/{message.ContactId}/submitted/{message.Moment}", new FormSubmitted
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = ActiveCampaignMessage.Source("form", form),
        Attribution = message.Attribution,
        FormId = form,
        SubmissionId = $"{form}/{message.ContactId}/{message.Moment}",
    });

    private static string? CampaignName(ActiveCampaignMessage message) => message.Form.Text("campaign[name]") ?? message.Form.Text("campaign[message][subject]");

    private static string OfList(ActiveCampaignMessage message, string? list, string what) => $"lists/{list ?? "0"}/contacts/{message.ContactId}/{what}/{message.Moment}";

    private static string OfCampaign(ActiveCampaignMessage message, string what) =>
        $"campaigns/{message.Id("campaign[id]") ?? "0"}/contacts/{message.ContactId}/{what}/{message.Moment}";
}
