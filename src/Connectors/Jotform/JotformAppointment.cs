using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>The slots that were picked in appointment fields: <c>{"implementation":"new","date":"2026-12-04 14:30","duration":"30","timezone":"Europe/London (GMT+00:00)"}</c>.</summary>
/// <remarks>The offset in brackets is that of some other day: a January slot was seen with that of summer. The name of the zone counts.</remarks>
internal static class JotformAppointment
{
    public static IEnumerable<Fact> Facts(JotformTold told)
    {
        foreach (var answer in told.Submission.Answers.Where(answer => answer.Content.IsAppointment))
        {
            var slot = answer.Content.Payload;
            if (slot["date"].Text() is not { } date) continue;
            var start = Start(date, slot["timezone"].Text());
            // The slot is part of the key: an edit that moves it is another fact, one that leaves it is not.
            yield return told.Fact($"/appointments/{answer.QuestionId}/booked/{date}", new AppointmentBooked
            {
                OccurredAt = told.At,
                Person = told.Submission.Person,
                Source = told.Source,
                AppointmentId = $"{told.Submission.Id}/{answer.QuestionId}",
                Title = told.Submission.FormTitle,
                StartsAt = start,
                EndsAt = start is not null && slot["duration"].Integer() is { } minutes and > 0 and <= 7 * 24 * 60 ? start.Value.AddMinutes(minutes) : null,
            });
        }
    }

    private static DateTimeOffset? Start(string date, string? zone)
    {
        var name = zone?.Split(" (")[0].Trim();
        if (name is null || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found)) return null;
        return DateTime.TryParseExact(date, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1971 and < 2200
            ? new DateTimeOffset(local, TimeSpan.Zero) - found.GetUtcOffset(local)
            : null;
    }
}
