using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>courses/enrollment.*</c>. They name the contact by its id alone.</summary>
internal static class ClickFunnelsCourses
{
    public static Normalization Enrolled(ClickFunnelsEvent told) =>
        Tell(told, "created", new EventRegistered { OccurredAt = told.CreatedAt, Person = Person(told), Source = told.Source("enrollment"), RegistrationId = told.Id });

    public static Normalization Completed(ClickFunnelsEvent told) =>
        Tell(told, "completed", new EventAttended { OccurredAt = told.UpdatedAt, Person = Person(told), Source = told.Source("enrollment"), RegistrationId = told.Id });

    public static Normalization Suspended(ClickFunnelsEvent told) => Tell(told, $"suspended/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new EventCancelled
    {
        OccurredAt = told.UpdatedAt,
        Person = Person(told),
        Source = told.Source("enrollment"),
        RegistrationId = told.Id,
        Reason = told.Data["suspension_reason"].Text() ?? "suspended",
    });

    public static Normalization Deleted(ClickFunnelsEvent told) =>
        Tell(told, "deleted", new EventCancelled { OccurredAt = told.ToldAt, Person = Person(told), Source = told.Source("enrollment"), RegistrationId = told.Id, Reason = "deleted" });

    private static Normalization Tell(ClickFunnelsEvent told, string what, RegistrationEvent bare) => Normalization.Of($"enrollments/{told.Id}/{what}", bare with
    {
        OccasionId = told.Data["course_id"].Id(),
        Title = told.Data["course"]["title"].Text(),
    });

    private static Person Person(ClickFunnelsEvent told) =>
        new() { Identifiers = [Identifier.Customer(told.Data["contact_id"].RequiredId())] };
}
