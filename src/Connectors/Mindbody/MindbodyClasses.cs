using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads bookings of classes.</summary>
internal static class MindbodyClasses
{
    public static Normalization Booked(MindbodyEvent told)
    {
        List<Fact> facts = [Fact(told, "registered", new EventRegistered { RegistrationId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) })];
        if (told.Body["signedInStatus"].Text() is "SignedIn") facts.Add(Attended(told));
        return Normalization.Of(facts);
    }

    /// <summary>Taken out of the class: ids are all that is told.</summary>
    public static Normalization Cancelled(MindbodyEvent told) => Normalization.Of([Cancelled(told, null)]);

    public static Normalization StatusChanged(MindbodyEvent told) => told.Body["signedInStatus"].RequiredText() switch
    {
        "SignedIn" => Normalization.Of([Attended(told)]),
        "EarlyCancelled" or "LateCancelled" => Normalization.Of([Cancelled(told, told.Body["signedInStatus"].Text())]),
        _ => told.Ignored("neither signed in nor cancelled"),
    };

    /// <summary>A class that is called off tells nobody who was booked into it.</summary>
    public static Normalization Changed(MindbodyEvent told, bool hasApi)
    {
        if (told.Body["isCancelled"].Flag() is not true) return told.Ignored("the studio's own catalogue and settings");
        return hasApi
            ? Normalization.Fetch("class", told.Body["classId"].RequiredId())
            : told.Ignored("the class was called off; who was booked into it can be asked with an apiKey only");
    }

    /// <summary>A class with who was booked into it, when it was called off. A visit has the number of its booking.</summary>
    public static Normalization Read(MindbodySite site, Payload body, MindbodyClock clock)
    {
        var visits = body["Visits"].Items().ToList();
        if (body["IsCanceled"].Flag() is not true || visits.Count == 0) return new Normalization.Ignored("class", "the class takes place, or nobody was booked into it");
        var at = clock.Required(body["LastModifiedDateTime"]);
        return Normalization.Of([.. visits.Select(visit => visit["Id"].RequiredId()).Zip(visits, (id, visit) => site.Fact($"bookings/{id}/cancelled", new EventCancelled
        {
            RegistrationId = site.Wide(id),
            OccurredAt = at,
            Person = new Person { Identifiers = site.Identifiers(visit["ClientUniqueId"].Id(), visit["ClientId"].Id(), email: null) },
            Source = site.Source("booking", id),
            OccasionId = site.Wide(body["Id"].RequiredId()),
            Title = body["ClassDescription"]["Name"].Text(),
            StartsAt = clock.Time(body["StartDateTime"]),
            Reason = "class cancelled",
        }))]);
    }

    private static Fact Attended(MindbodyEvent told) =>
        Fact(told, "attended", new EventAttended { RegistrationId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) });

    private static Fact Cancelled(MindbodyEvent told, string? reason) =>
        Fact(told, "cancelled", new EventCancelled { RegistrationId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told), Reason = reason });

    // The name of the class is not told; what the place was paid with is.
    private static Fact Fact(MindbodyEvent told, string name, RegistrationEvent registration) => told.Site.Fact($"bookings/{told.Body["classRosterBookingId"].RequiredId()}/{name}", registration with
    {
        OccasionId = told.Site.Wide(told.Body["classId"].RequiredId()),
        StartsAt = told.Body["classStartDateTime"].Time() ?? told.Body["classDateTime"].Time(),
        TicketType = told.Body["itemName"].Text(),
    });

    private static string Id(MindbodyEvent told) => told.Site.Wide(told.Body["classRosterBookingId"].RequiredId());

    private static SourceReference Source(MindbodyEvent told) => told.Site.Source("booking", told.Body["classRosterBookingId"].RequiredId());
}
