using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>
/// Reads <c>meeting_recap.created</c> and <c>.updated</c>. Calendly documents the texts (<c>summary_md</c>, <c>action_items_md</c>,
/// <c>discussion_md</c>) and that there are attendees, not how the webhook writes them: what is not there is not needed.
/// </summary>
internal static class CalendlyRecaps
{
    public static Normalization Written(WebhookDelivery delivery)
    {
        var recap = delivery.Json["payload"];
        var uri = recap["uri"].RequiredText();
        var topic = delivery.Json["event"].RequiredText();
        if (Text(recap) is not { } text) return new Normalization.Ignored(topic, "the recap has no text yet");
        if (Invitee(recap) is not { } invitee) return new Normalization.Ignored(topic, "the recap does not tell whom the meeting was with");
        var at = recap["updated_at"].Time() ?? recap["created_at"].Time() ?? delivery.Json["created_at"].RequiredTime();
        return Normalization.Of($"{CalendlyUri.Path(uri)}/state/{CalendlyUri.Stamp(at)}", new NoteAdded
        {
            NoteId = uri,
            Text = text,
            OccurredAt = at,
            Person = new Person().Named(invitee["name"].Text()).Identified(Identifier.Email(invitee["email"].RequiredText())),
            Source = CalendlyUri.Source("meeting_recap", uri),
        });
    }

    private static string? Text(Payload recap)
    {
        string?[] parts = [Part("", "summary"), Part("Action items:\n", "action_items"), Part("Discussion:\n", "discussion")];
        return parts.OfType<string>().ToList() is { Count: > 0 } written ? string.Join("\n\n", written) : null;

        string? Part(string heading, string name) => recap[name + "_md"].Text() is { } text ? heading + text : null;
    }

    // A list of attendees holds the hosts too. Only where it marks them, and one person is left, is the note about somebody.
    private static Payload? Invitee(Payload recap)
    {
        var attendees = recap["attendees"].Items().ToList();
        var guests = attendees.Where(attendee => !IsHost(attendee)).ToList();
        return guests is [var guest] && attendees.Count > 1 && guest["email"].Text() is not null ? guest : null;
    }

    private static bool IsHost(Payload attendee) => attendee["is_host"].Flag() is true || attendee["user"].Text() is not null;
}
