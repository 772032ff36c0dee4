using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>One ticket, and the facts about whoever holds it.</summary>
internal sealed class EventbriteAttendee
{
    private readonly Payload attendee;
    private readonly Payload occasion;
    private readonly EventbritePeople people;
    private readonly string id;
    private readonly IReadOnlyList<FormAnswer> answers;
    private readonly EventbriteTold told;

    /// <param name="attendee">The ticket.</param>
    /// <param name="order">The order that it belongs to, where that is told.</param>
    /// <param name="occasion">The event that it is for, where that is told.</param>
    /// <param name="people">Reads people.</param>
    public EventbriteAttendee(Payload attendee, Payload order, Payload occasion, EventbritePeople people)
    {
        this.attendee = attendee;
        this.occasion = occasion;
        this.people = people;
        answers = [.. EventbriteAnswers.Of(attendee, order).Where(answer => !people.IsIgnored(answer))];
        var person = people.Holder(attendee["profile"], order, answers);
        var ticket = attendee["id"].RequiredId();
        var holder = Holder(person);
        id = holder is null ? ticket : $"{ticket}:{holder}";
        var source = new SourceReference { ObjectType = "attendee", ObjectId = ticket, Url = occasion["url"].Text() };
        told = new EventbriteTold($"attendees/{id}", attendee["created"].RequiredTime(), attendee["changed"].Time() ?? attendee["created"].RequiredTime(), person, source);
    }

    public IEnumerable<Fact> Facts()
    {
        yield return told.Fact("registered", Describe(new EventRegistered { RegistrationId = id, OccurredAt = told.CreatedAt, Person = told.Person, Source = told.Source }) with
        {
            Attribution = EventbriteOccasion.Attribution(attendee),
        });
        if (told.ChangedAt > told.CreatedAt && told.Person.FullName is not null && told.Person.Identifiers.Count > 0)
            yield return told.Fact($"state/{told.Change}", new ContactObserved { OccurredAt = told.ChangedAt, Person = told.Person, Source = told.Source });
        if (attendee["checked_in"].Flag() is true)
            yield return told.Fact("attended", Describe(new EventAttended { RegistrationId = id, OccurredAt = ScannedAt(), Person = told.Person, Source = told.Source }));
        if (Cancelled() is { } cancelled) yield return cancelled;
        if (answers.Count > 0) yield return Answered();
        foreach (var (channel, state, basis) in people.Consents(answers)) yield return told.Consent(channel, state, basis);
        foreach (var preference in told.Preferences(attendee["contact_list_preferences"])) yield return preference;
    }

    // By the ticket alone, whoever it passes to would be taken for the one who had it before.
    private static string? Holder(Person person)
    {
        if (person.Identifiers.FirstOrDefault(identifier => identifier.Kind is IdentifierKind.Email) is not { } email) return null;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Value.ToLowerInvariant())))[..8];
    }

    private T Describe<T>(T registration) where T : RegistrationEvent => registration with
    {
        OccasionId = attendee["event_id"].Id(),
        Title = EventbriteOccasion.Title(occasion),
        StartsAt = occasion["start"]["utc"].Time(),
        TicketType = attendee["ticket_class_name"].Text(),
    };

    private DateTimeOffset ScannedAt() => attendee["barcodes"].Items().Where(barcode => barcode["status"].Text() is "used")
        .Select(barcode => barcode["changed"].Time()).OfType<DateTimeOffset>().DefaultIfEmpty(told.ChangedAt).Max();

    private Fact? Cancelled()
    {
        var isRefunded = attendee["refunded"].Flag() is true;
        var isCalledOff = EventbriteOccasion.IsCancelled(occasion);
        if (!isRefunded && !isCalledOff && attendee["cancelled"].Flag() is not true) return null;
        return told.Fact("cancelled", Describe(new EventCancelled
        {
            RegistrationId = id,
            OccurredAt = isCalledOff ? occasion["changed"].Time() ?? told.ChangedAt : told.ChangedAt,
            Person = told.Person,
            Source = told.Source,
            Reason = isCalledOff ? "event canceled" : isRefunded ? "refunded" : null,
        }));
    }

    private Fact Answered() => told.Fact($"answers/{EventbriteAnswers.Digest(answers)}", new FormSubmitted
    {
        OccurredAt = told.ChangedAt,
        Person = told.Person,
        Source = told.Source,
        FormId = attendee["event_id"].RequiredId(),
        FormTitle = EventbriteOccasion.Title(occasion),
        SubmissionId = id,
        Answers = answers,
    });
}
