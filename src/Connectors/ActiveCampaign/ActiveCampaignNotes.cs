using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Notes, replies and tasks, of contacts and of deals.</summary>
internal static class ActiveCampaignNotes
{
    /// <summary>A note. Of a contact it is one text, of a deal it has an id.</summary>
    public static Normalization Note(ActiveCampaignMessage message)
    {
        var text = message.Form.Text("note") ?? message.Form.RequiredText("note[text]");
        var id = message.Id("note[id]");
        return Added(message, id is null ? $"{message.Subject}/notes/{message.Moment}/{ActiveCampaignPeople.Digest(text)}" : $"notes/{id}", text, id);
    }

    /// <summary>An answer to a campaign; its words are not always told.</summary>
    public static Normalization CampaignReply(ActiveCampaignMessage message)
    {
        var campaign = message.Id("campaign[id]");
        var text = message.Form.Text("message") ?? $"Replied to campaign {message.Form.Text("campaign[name]") ?? campaign ?? "(unknown)"}";
        return Added(message, $"campaigns/{campaign ?? "0"}/contacts/{message.ContactId}/replied/{message.Moment}", text, null);
    }

    /// <summary>An answer to a text message.</summary>
    public static Normalization SmsReply(ActiveCampaignMessage message) =>
        Added(message, $"sms/{message.Id("sms[id]") ?? "0"}/contacts/{message.ContactId}/replied/{message.Moment}", message.Form.RequiredText("sms[reply]"), null);

    /// <summary>A task about a contact or a deal. Its title is optional at the vendor.</summary>
    public static Normalization Task(ActiveCampaignMessage message)
    {
        var form = message.Form;
        var id = form.RequiredText("task[id]");
        var note = form.Text("task[note]");
        var title = form.Text("task[title]") ?? form.Text("task[type_title]");
        return Normalization.Of($"tasks/{id}/created", new TaskCreated
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = ActiveCampaignMessage.Source("task", id),
            TaskId = id,
            Title = title ?? note ?? $"Task {id}",
            Note = title is null ? null : note,
            DueAt = message.TimeOf("task[duedate_iso]") ?? message.TimeOf("task[duedate]"),
        });
    }

    private static Normalization Added(ActiveCampaignMessage message, string key, string text, string? id) => Normalization.Of(key, new NoteAdded
    {
        OccurredAt = message.Time,
        Person = message.Person,
        Source = message.Form.Text("deal[id]") is { } deal ? ActiveCampaignMessage.Source("deal", deal) : message.Contact,
        NoteId = id,
        Text = text,
    });
}
