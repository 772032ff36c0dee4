using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>The answers of a booking page as a submission, told once however often the booking moves, and the consents among them.</summary>
internal static class CalComAnswered
{
    public static IEnumerable<Fact> Read(CalComBooking booking, CalComAnswers settings)
    {
        if (booking.Answers.Count == 0) yield break;
        var seat = booking.Booker;
        yield return seat.Fact("answers", new FormSubmitted
        {
            FormId = booking.Body["eventTypeId"].Id() ?? booking.Uid,
            FormTitle = booking.Title,
            SubmissionId = seat.Id,
            Answers = booking.Answers,
            OccurredAt = booking.ToldAt,
            Person = seat.Person,
            Source = seat.Source,
            Attribution = booking.Attribution,
        });
        foreach (var consent in Consents(settings, booking.Answers, seat.Person, seat.Source, booking.ToldAt))
            yield return seat.Fact($"consent/{consent.Channel.ToString().ToLowerInvariant()}", consent);
    }

    public static IEnumerable<ConsentChanged> Consents(CalComAnswers settings, IReadOnlyList<FormAnswer> answers, Person person, SourceReference source, DateTimeOffset at) =>
        settings.Consents(answers).Select(told => new ConsentChanged
        {
            Channel = told.Channel,
            State = told.State,
            Basis = told.Answer.Question ?? told.Answer.Key,
            OccurredAt = at,
            Person = person,
            Source = source,
        });
}
