using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads the topics that tell how a booking stands.</summary>
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

    // Cal.com tells of a booking with a price although the card failed (issue 12371). One that a host accepted holds.
    private bool WaitsForPayment(CalComBooking booking) =>
        settings.PricedBookings is CalComPricedBookings.WhenPaid && booking.Body["price"].Decimal() > 0 && booking.Body["requiresConfirmation"].Flag() is not true;

    private static string? Previous(CalComBooking booking) => booking.Body["rescheduleUid"].Text();

    private List<Fact> Asked(CalComBooking booking)
    {
        var seat = booking.Booker;
        var observed = new ContactObserved { OccurredAt = booking.ToldAt, Person = seat.Person, Source = seat.Source, Attribution = booking.Attribution };
        return [seat.Fact("requested", observed), .. Answered(booking)];
    }

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
