using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads the topics that tell how a booking stands, and bookings as the API tells them.</summary>
internal sealed class CalComBookings(CalComAnswers answers, CalComSettings settings)
{
    /// <summary>A booking that holds, at once or after a host accepted it. Of a move that a host had to accept it is the new half.</summary>
    public Normalization Created(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        if (Previous(booking) is not null) return Normalization.Of([.. booking.Seats.Select(seat => Moved(booking, seat))]);
        return Normalization.Of(WaitsForPayment(booking) ? Asked(booking) : [.. booking.Seats.Select(seat => Booked(booking, seat)), .. Answered(booking)]);
    }

    /// <summary>Somebody wants to book, and a host has yet to accept.</summary>
    public Normalization Requested(WebhookDelivery delivery) => Normalization.Of(Asked(new CalComBooking(delivery, answers)));

    /// <summary>A host does not accept.</summary>
    public Normalization Rejected(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        return Normalization.Of([.. booking.Seats.Select(seat =>
            Off(booking, seat, "rejected", CancelledBy.Host, booking.Body["rejectionReason"].Text()))]);
    }

    /// <summary>A booking moved: a new booking that names the old one.</summary>
    public Normalization Rescheduled(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        return Normalization.Of([.. booking.Seats.Select(seat => Moved(booking, seat))]);
    }

    /// <summary>A booking was called off. When the host asks for another time, Cal.com calls the old one off and never links the new one.</summary>
    public Normalization Cancelled(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        var wantsOtherTime = booking.Body["requestReschedule"].Flag() is true;
        var side = wantsOtherTime ? CancelledBy.Host : booking.SideOf(booking.Body["cancelledBy"].Text());
        var reason = booking.Body["cancellationReason"].Text() ?? (wantsOtherTime ? "the host asked for another time" : null);
        return Normalization.Of([.. booking.Seats.Select(seat => Off(booking, seat, "cancelled", side, reason))]);
    }

    /// <summary>Somebody is about to pay.</summary>
    public Normalization PaymentBegun(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        IReadOnlyList<Fact> order = settings.Payments is CalComPayments.Orders ? [CalComOrder.Placed(booking, PaymentStatus.Pending)] : [];
        return Normalization.Of([.. Asked(booking), .. order]);
    }

    /// <summary>A booking is paid, and so holds, unless a host has yet to accept it.</summary>
    public Normalization Paid(WebhookDelivery delivery)
    {
        var booking = new CalComBooking(delivery, answers);
        IReadOnlyList<Fact> order = settings.Payments is CalComPayments.Orders ? [CalComOrder.Placed(booking, PaymentStatus.Paid), CalComOrder.Paid(booking)] : [];
        if (booking.Status is not (null or "ACCEPTED")) return Normalization.Of([.. Asked(booking), .. order]);
        return Normalization.Of([Booked(booking, booking.Booker), .. Answered(booking), .. order]);
    }

    /// <summary>How a booking stands, by the API. What the API tells more poorly than the webhooks, or without its time, is told by its arrival: then the webhook's word counts.</summary>
    public Normalization Seen(WebhookDelivery delivery)
    {
        var read = delivery.Json;
        if (!CalComObject.HasSeats(read)) return Stands(delivery, null);
        var seats = read["attendees"].Items().Where(attendee => attendee["email"].Exists).ToList();
        return seats.Count > 0
            ? Normalization.Batch(seats, seat => Stands(delivery, seat))
            : new Normalization.Ignored("booking", "no seat is told with an address");
    }

    private Normalization Stands(WebhookDelivery delivery, Payload? seated)
    {
        var booking = new CalComBooking(delivery.Of(CalComObject.AsWebhook(delivery.Json, seated)), answers);
        var seat = booking.Booker;
        var isMovedAway = delivery.Json["rescheduledToUid"].Exists;
        List<Fact> facts = booking.Status switch
        {
            "ACCEPTED" when seated is not null => [ByArrival(Begun(booking, seat))],
            "ACCEPTED" => [Begun(booking, seat)],
            "PENDING" => [Wanted(booking)],
            "REJECTED" => [ByArrival(Off(booking, seat, "rejected", CancelledBy.Host, null))],
            "CANCELLED" when !isMovedAway => [Off(booking, seat, "cancelled", booking.SideOf(booking.Body["cancelledBy"].Text()), booking.Body["cancellationReason"].Text())],
            _ => [],
        };
        // The questions are told by their identifiers alone. A move brings the answers of the booking before along.
        if (Previous(booking) is null) facts.AddRange(Answered(booking).Select(ByArrival));
        return facts.Count > 0 ? Normalization.Of(facts) : new Normalization.Ignored("booking", isMovedAway ? "it was moved, and the new booking tells so" : "what its state means is not known");

        Fact ByArrival(Fact fact) => fact with { Event = fact.Event with { OccurredAt = delivery.ReceivedAt, TimeBasis = TimeBasis.Arrival } };
    }

    // Cal.com tells of a booking with a price although the card failed (issue 12371). One that a host accepted holds.
    private bool WaitsForPayment(CalComBooking booking) =>
        settings.PricedBookings is CalComPricedBookings.WhenPaid && booking.Body["price"].Decimal() > 0 && booking.Body["requiresConfirmation"].Flag() is not true;

    private static string? Previous(CalComBooking booking) => booking.Body["rescheduleUid"].Text();

    private List<Fact> Asked(CalComBooking booking) => [Wanted(booking), .. Answered(booking)];

    private static Fact Wanted(CalComBooking booking)
    {
        var seat = booking.Booker;
        return seat.Fact("requested", new ContactObserved { OccurredAt = booking.ToldAt, Person = seat.Person, Source = seat.Source, Attribution = booking.Attribution });
    }

    private static Fact Begun(CalComBooking booking, CalComSeat seat) => Previous(booking) is null ? Booked(booking, seat) : Moved(booking, seat);

    private static Fact Booked(CalComBooking booking, CalComSeat seat)
    {
        var booked = new AppointmentBooked { AppointmentId = seat.Id, OccurredAt = booking.ToldAt, Person = seat.Person, Source = seat.Source };
        return seat.Fact("booked", booking.Describe(booked) with { Attribution = booking.Attribution });
    }

    // The person is the same in both bookings, and so is the address that names their place in it. The new begin is in the key for a move that keeps its booking.
    private static Fact Moved(CalComBooking booking, CalComSeat seat)
    {
        var moved = new AppointmentRescheduled
        {
            AppointmentId = seat.Id,
            PreviousAppointmentId = Previous(booking) is { } previous ? previous + seat.Id[booking.Uid.Length..] : null,
            PreviousStartsAt = booking.Body["rescheduleStartTime"].Time(),
            Reason = CalComAnswers.Text(booking.Asked("rescheduleReason")),
            OccurredAt = booking.ToldAt,
            Person = seat.Person,
            Source = seat.Source,
        };
        var begin = booking.StartsAt is { } start ? "/" + CalComSeat.Stamp(start) : "";
        return seat.Fact("rescheduled" + begin, booking.Describe(moved) with { Attribution = booking.Attribution });
    }

    private static Fact Off(CalComBooking booking, CalComSeat seat, string name, CancelledBy? side, string? reason) =>
        seat.Fact(name, booking.Describe(new AppointmentCancelled
        {
            AppointmentId = seat.Id,
            CancelledBy = side,
            Reason = reason,
            OccurredAt = booking.ToldAt,
            Person = seat.Person,
            Source = seat.Source,
        }));

    private IEnumerable<Fact> Answered(CalComBooking booking) => CalComAnswered.Read(booking, answers);
}
