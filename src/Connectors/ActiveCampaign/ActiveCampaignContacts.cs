using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Contacts: their state, tags, companies, and consent to text messages.</summary>
internal static class ActiveCampaignContacts
{
    /// <summary>A new contact.</summary>
    public static Fact Created(ActiveCampaignMessage message) =>
        Observed(message, $"contacts/{message.ContactId}/created/{message.Moment}", message.Person);

    /// <summary>A changed contact. Times are whole seconds: the digest tells two changes within one second apart.</summary>
    public static Normalization Updated(ActiveCampaignMessage message) => Normalization.Of(
        Observed(message, $"contacts/{message.ContactId}/state/{message.Moment}/{ActiveCampaignPeople.StateDigest(message.Form)}", message.Person));

    /// <summary>A contact at the action "Webhook" of an automation. It tells no time, so that the same state is the same fact.</summary>
    public static Normalization Automation(WebhookDelivery delivery, ActiveCampaignPeople people)
    {
        var contact = delivery.Form.RequiredText("contact[id]");
        return Normalization.Of($"contacts/{contact}/state/{ActiveCampaignPeople.Digest(delivery.Form)}", new ContactObserved
        {
            OccurredAt = delivery.ReceivedAt,
            TimeBasis = TimeBasis.Arrival,
            Person = people.Of(delivery.Form),
            Source = ActiveCampaignMessage.Source("contact", contact),
            Attribution = people.AttributionOf(delivery.Form),
        });
    }

    /// <summary>A tag was added.</summary>
    public static Normalization TagAdded(ActiveCampaignMessage message)
    {
        var (tag, person) = (message.Form.RequiredText("tag"), message.Person);
        return Normalization.Of(Observed(message, $"contacts/{message.ContactId}/tags/{tag}/added/{message.Moment}",
            person with { Tags = [.. person.Tags.Where(other => !Same(other, tag)), tag] }));
    }

    /// <summary>A tag was removed; the contact block of the same body may still list it.</summary>
    public static Normalization TagRemoved(ActiveCampaignMessage message)
    {
        var (tag, person) = (message.Form.RequiredText("tag"), message.Person);
        return Normalization.Of(Observed(message, $"contacts/{message.ContactId}/tags/{tag}/removed/{message.Moment}",
            person with { Tags = [.. person.Tags.Where(other => !Same(other, tag))], RemovedTags = [tag] }));
    }

    /// <summary>A contact was linked to a company, or its position there changed.</summary>
    public static Normalization JoinedAccount(ActiveCampaignMessage message)
    {
        var (form, person) = (message.Form, message.Person);
        var link = form.RequiredText("accountContact[id]");
        return Normalization.Of($"accountContacts/{link}/state/{message.Moment}", new ContactObserved
        {
            OccurredAt = message.Time,
            Person = person with
            {
                Company = form.Text("account[name]") ?? person.Company,
                JobTitle = form.Text("accountContact[job_title]") ?? person.JobTitle,
                Website = form.Text("account[account_url]") ?? person.Website,
            },
            Source = ActiveCampaignMessage.Source("accountContact", link),
        });
    }

    /// <summary>A contact answered STOP to a text message.</summary>
    public static Normalization LeftSms(ActiveCampaignMessage message) =>
        Normalization.Of($"contacts/{message.ContactId}/consent/sms/withdrawn/{message.Moment}", new ConsentChanged
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = message.Contact,
            Channel = ConsentChannel.Sms,
            State = ConsentState.Withdrawn,
            Basis = "sms_unsub",
        });

    private static Fact Observed(ActiveCampaignMessage message, string key, Person person) => new(key, new ContactObserved
    {
        OccurredAt = message.Time,
        Person = person,
        Source = message.Contact,
        Attribution = message.Attribution,
    });

    private static bool Same(string tag, string other) => string.Equals(tag, other, StringComparison.OrdinalIgnoreCase);
}
