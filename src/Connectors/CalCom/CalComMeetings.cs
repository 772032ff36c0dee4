using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads what Cal.com tells of a meeting itself: who was missing, that it is over, its recordings, and the wish for one right now.</summary>
internal sealed class CalComMeetings(CalComAnswers answers, CalComEndedMeetings ended)
{
    /// <summary>Somebody was not in the call some minutes after its begin. The topic says so; the flags beside it are not reliable.</summary>
    public Normalization GuestStayedAway(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        var seat = booking.Booker;
        var missing = booking.Body["guests"].Items().Select(guest => CalComSeat.IdOf(booking.Uid, guest["email"].Text())).ToList();
        if (missing.Count > 0 && !missing.Contains(seat.Id))
            return new Normalization.Ignored("AFTER_GUESTS_CAL_VIDEO_NO_SHOW", "the booker came; only guests of theirs did not");
        var noShow = new AppointmentNoShow { AppointmentId = seat.Id, OccurredAt = booking.ToldAt, Person = seat.Person, Source = seat.Source };
        // The only title here is the one with both names, and it would replace the better one of the booking.
        return Normalization.Of(seat.Fact("no-show/call", booking.Describe(noShow) with { Title = null }));
    }

    /// <summary>The person waited, and no host came: somebody should say sorry.</summary>
    public Normalization HostStayedAway(WebhookDelivery delivery) => Task(new CalComBooking(delivery, answers), "host-no-show", "The host did not join");

    /// <summary>Somebody wants to talk at once.</summary>
    public Normalization WantsToTalk(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        return Normalization.Batch([Task(booking, "instant-meeting", "Wants to talk right now"), .. CalComAnswered.Read(booking, answers).Select(fact => Normalization.Of(fact))]);
    }

    /// <summary>The time of the meeting is over. That is all Cal.com knows; the settings say whether it counts.</summary>
    public Normalization Ended(WebhookDelivery delivery)
    {
        const string Topic = "MEETING_ENDED";
        if (ended is CalComEndedMeetings.Ignored) return new Normalization.Ignored(Topic, "sent by the clock; the settings say that it does not count as attended");
        var booking = new CalComBooking(delivery, answers);
        if (booking.Status is not (null or "ACCEPTED")) return new Normalization.Ignored(Topic, "the booking did not hold");
        if (booking.Body["noShowHost"].Flag() is true || IsMarked(booking)) return new Normalization.Ignored(Topic, "somebody was marked as a no-show");
        var seat = booking.Booker;
        return Normalization.Of(seat.Fact("attended", new EventAttended
        {
            RegistrationId = seat.Id,
            OccasionId = booking.Body["eventTypeId"].Id(),
            Title = booking.Title,
            StartsAt = booking.StartsAt,
            OccurredAt = booking.EndsAt ?? throw booking.Body["endTime"].Missing(),
            Person = seat.Person,
            Source = seat.Source,
        }));
    }

    /// <summary>A recording is there. Its link is short-lived, and lets anybody listen: it stays out.</summary>
    public Normalization Recorded(WebhookDelivery delivery) => Note(delivery, "recording", "The recording is ready");

    /// <summary>A transcript is there, behind links of the same kind.</summary>
    public Normalization Transcribed(WebhookDelivery delivery) => Note(delivery, "transcript", "The transcript is ready");

    private static bool IsMarked(CalComBooking booking) => booking.Attendees.Any(attendee =>
        attendee["noShow"].Flag() is true && CalComSeat.IdOf(booking.Uid, attendee["email"].Text()) == booking.Booker.Id);

    private static Normalization Task(CalComBooking booking, string name, string title)
    {
        var seat = booking.Booker;
        return Normalization.Of(seat.Fact(name, new TaskCreated
        {
            TaskId = $"{seat.Id}/{name}",
            Title = Words(title, booking),
            OccurredAt = booking.ToldAt,
            Person = seat.Person,
            Source = seat.Source,
        }));
    }

    private Normalization Note(WebhookDelivery delivery, string name, string text)
    {
        var booking = new CalComBooking(delivery, answers);
        var seat = booking.Booker;
        return Normalization.Of(seat.Fact(name, new NoteAdded
        {
            NoteId = $"{seat.Id}/{name}",
            Text = Words(text, booking),
            OccurredAt = booking.ToldAt,
            Person = seat.Person,
            Source = seat.Source,
        }));
    }

    private static string Words(string words, CalComBooking booking) => booking.Title is { } title ? $"{words}: {title}" : words;
}
