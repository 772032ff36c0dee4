using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads <c>BOOKING_NO_SHOW_UPDATED</c>: addresses, marks and the booking's id, nothing else. That is enough, because an address names its place in a booking.</summary>
internal static class CalComNoShows
{
    public static Normalization Marked(WebhookDelivery delivery)
    {
        var update = delivery.Json["payload"];
        var uid = update["bookingUid"].RequiredText();
        var at = delivery.Json["createdAt"].RequiredTime();
        return Normalization.Batch(update["attendees"].Items().Select(attendee => Normalization.Of(Mark(attendee, uid, at))));
    }

    // A mark may be set, taken back and set again, so its time is part of the key.
    private static Fact Mark(Payload attendee, string uid, DateTimeOffset at)
    {
        var email = attendee["email"].RequiredText();
        var mark = (attendee["noShow"].Flag() ?? throw attendee["noShow"].Missing()) ? NoShowMark.Set : NoShowMark.Withdrawn;
        var seat = new CalComSeat(uid, CalComSeat.IdOf(uid, email), new Person().Identified(CalComPeople.Email(email)));
        return seat.Fact($"no-show/{mark.ToString().ToLowerInvariant()}/{CalComSeat.Stamp(at)}", new AppointmentNoShow
        {
            AppointmentId = seat.Id,
            Mark = mark,
            OccurredAt = at,
            Person = seat.Person,
            Source = seat.Source,
        });
    }
}
