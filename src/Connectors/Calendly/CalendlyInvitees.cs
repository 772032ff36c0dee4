using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Reads <c>invitee.*</c> and <c>invitee_no_show.*</c>, and invitees as the API tells them.</summary>
internal sealed class CalendlyInvitees(CalendlyAnswers settings, CalendlyPayments payments)
{
    /// <summary>A booking, or the new half of a move.</summary>
    public Normalization Created(WebhookDelivery delivery) => Normalization.Of(Begun(Told(delivery)));

    /// <summary>A cancellation, or the old half of a move, which is none.</summary>
    public Normalization Canceled(WebhookDelivery delivery) => Ended(Told(delivery)) is { } ended
        ? Normalization.Of(ended)
        : new Normalization.Ignored("invitee.canceled", "the old half of a move: the new booking tells it");

    /// <summary>The host set the mark of a no-show. The mark may be set again later, so its time is part of the key.</summary>
    public Normalization NoShowSet(WebhookDelivery delivery) => Normalization.Of(Missed(Told(delivery)));

    /// <summary>The host took the mark back. Whether the body still tells the mark is unconfirmed, so it is not asked.</summary>
    public Normalization NoShowWithdrawn(WebhookDelivery delivery)
    {
        var booking = Told(delivery);
        return Normalization.Of(NoShow(booking, NoShowMark.Withdrawn, booking.ToldAt));
    }

    /// <summary>All that has become of a seat by now, as the webhooks told it one by one. A mark that was taken back leaves no trace.</summary>
    public Normalization Seen(Payload invitee)
    {
        var booking = new CalendlyBooking(invitee, invitee["updated_at"], settings);
        var facts = Begun(booking);
        if (invitee["status"].Text() is "canceled" && Ended(booking) is { } ended) facts.Add(ended);
        if (invitee["no_show"].Exists) facts.Add(Missed(booking));
        return Normalization.Of(facts);
    }

    private CalendlyBooking Told(WebhookDelivery delivery) => new(delivery.Json["payload"], delivery.Json["created_at"], settings);

    private List<Fact> Begun(CalendlyBooking booking) => booking.Invitee["old_invitee"].Text() is { } previous ? [Moved(booking, previous)] : Booked(booking);

    private static Fact? Ended(CalendlyBooking booking)
    {
        var cancellation = booking.Invitee["cancellation"];
        var at = cancellation["created_at"].Time() ?? booking.ToldAt;
        if (booking.Invitee["rescheduled"].Flag() is not true) return Cancelled(booking, cancellation, at);
        return cancellation["reason"].Text() is { } reason
            ? booking.Fact("move-reason", new NoteAdded { Text = reason, OccurredAt = at, Person = booking.Person, Source = booking.Source })
            : null;
    }

    private static Fact Missed(CalendlyBooking booking) => NoShow(booking, NoShowMark.Set, booking.Invitee["no_show"]["created_at"].Time() ?? booking.ToldAt);

    private List<Fact> Booked(CalendlyBooking booking)
    {
        var booked = new AppointmentBooked { AppointmentId = booking.Uri, OccurredAt = booking.BookedAt, Person = booking.Person, Source = booking.Source };
        List<Fact> facts = [booking.Fact("booked", booking.Describe(booked) with { Attribution = booking.Attribution })];
        if (booking.Answers.Count > 0) facts.Add(booking.Fact("answers", Answered(booking)));
        if (payments is CalendlyPayments.Orders) facts.AddRange(CalendlyPayment.Read(booking));
        return facts;
    }

    private static Fact Moved(CalendlyBooking booking, string previous)
    {
        var moved = new AppointmentRescheduled
        {
            AppointmentId = booking.Uri,
            PreviousAppointmentId = previous,
            OccurredAt = booking.BookedAt,
            Person = booking.Person,
            Source = booking.Source,
        };
        return booking.Fact("rescheduled", booking.Describe(moved) with { Attribution = booking.Attribution });
    }

    private static Fact Cancelled(CalendlyBooking booking, Payload cancellation, DateTimeOffset at)
    {
        var cancelled = new AppointmentCancelled
        {
            AppointmentId = booking.Uri,
            CancelledBy = cancellation["canceler_type"].Text() switch
            {
                "invitee" => CancelledBy.Attendee,
                "host" => CancelledBy.Host,
                _ => null,
            },
            Reason = cancellation["reason"].Text(),
            OccurredAt = at,
            Person = booking.Person,
            Source = booking.Source,
        };
        return booking.Fact("cancelled", booking.Describe(cancelled));
    }

    private static Fact NoShow(CalendlyBooking booking, NoShowMark mark, DateTimeOffset at)
    {
        var noShow = new AppointmentNoShow { AppointmentId = booking.Uri, Mark = mark, OccurredAt = at, Person = booking.Person, Source = booking.Source };
        var name = mark is NoShowMark.Set ? "set" : "withdrawn";
        return booking.Fact($"no-show/{name}/{CalendlyUri.Stamp(at)}", booking.Describe(noShow));
    }

    private static FormSubmitted Answered(CalendlyBooking booking) => new()
    {
        FormId = booking.Meeting["event_type"].Text() ?? booking.Title ?? booking.Uri,
        FormTitle = booking.Title,
        SubmissionId = booking.Uri,
        Answers = booking.Answers,
        OccurredAt = booking.BookedAt,
        Person = booking.Person,
        Source = booking.Source,
        Attribution = booking.Attribution,
    };
}
