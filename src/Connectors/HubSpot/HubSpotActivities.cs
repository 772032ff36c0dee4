using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Notes, tasks and meetings: each of their contacts is told of them.</summary>
internal static partial class HubSpotActivities
{
    public static Normalization Noted(HubSpotObject note) => PlainText(note.Text("hs_note_body")) is { } text
        ? HubSpotPeople.Each(note, contact => new Fact($"notes/{note.Id}/{contact}", new NoteAdded
        {
            OccurredAt = note.Time("hs_timestamp") ?? note.Modified,
            Person = HubSpotPeople.Of(contact),
            Source = note.Source,
            NoteId = note.Id,
            Text = text,
        }))
        : new Normalization.Ignored("note", "holds no words");

    public static Normalization Planned(HubSpotObject task) => HubSpotPeople.Each(task, contact => new Fact($"tasks/{task.Id}/{contact}", new TaskCreated
    {
        OccurredAt = task.Time("hs_createdate") ?? task.Modified,
        Person = HubSpotPeople.Of(contact),
        Source = task.Source,
        TaskId = task.Id,
        Title = task.Text("hs_task_subject") ?? "Task",
        Note = PlainText(task.Text("hs_task_body")),
        DueAt = task.Time("hs_timestamp"),
    }));

    /// <summary>A meeting has one state a person: with several, each has a booking of their own.</summary>
    public static Normalization Met(HubSpotObject meeting)
    {
        var (at, isShared) = (meeting.Modified, meeting.Contacts.Count > 1);
        return HubSpotPeople.Each(meeting, contact =>
        {
            var told = Told(meeting.Text("hs_meeting_outcome"), isShared ? $"{meeting.Id}/{contact}" : meeting.Id, at, contact, meeting);
            return new Fact($"meetings/{meeting.Id}/state/{HubSpotTime.Key(at)}/{contact}", told with
            {
                Title = meeting.Text("hs_meeting_title"),
                StartsAt = meeting.Time("hs_meeting_start_time"),
                EndsAt = meeting.Time("hs_meeting_end_time"),
            });
        });
    }

    private static AppointmentEvent Told(string? outcome, string id, DateTimeOffset at, string contact, HubSpotObject meeting)
    {
        var (person, source) = (HubSpotPeople.Of(contact), meeting.Source);
        return outcome switch
        {
            "CANCELED" => new AppointmentCancelled { AppointmentId = id, OccurredAt = at, Person = person, Source = source },
            "NO_SHOW" => new AppointmentNoShow { AppointmentId = id, OccurredAt = at, Person = person, Source = source },
            "RESCHEDULED" => new AppointmentRescheduled { AppointmentId = id, OccurredAt = at, Person = person, Source = source },
            _ => new AppointmentBooked { AppointmentId = id, OccurredAt = at, Person = person, Source = source },
        };
    }

    // HubSpot keeps what people write as HTML.
    private static string? PlainText(string? html) =>
        html is null ? null : PayloadText.Clean(Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " "));

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
