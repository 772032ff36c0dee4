using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>Reads contacts: a new one is an opt-in form that was sent.</summary>
internal static class ClassicContacts
{
    public static Normalization OptedIn(ClassicEvent told)
    {
        var contact = told.Object;
        var submitted = new Fact($"contacts/{told.Id}/opted-in", new FormSubmitted
        {
            OccurredAt = told.CreatedAt,
            Person = ClassicPeople.Of(contact),
            Source = told.Source,
            Attribution = ClassicPeople.Attribution(contact),
            FormId = contact["page_id"].Id() ?? contact["funnel_step_id"].Id() ?? "unknown",
            SubmissionId = told.Id,
            Answers = [.. ClassicPeople.Answers(contact)],
        });
        return Normalization.Of([submitted, Observed(told), .. ClassicPeople.Unsubscribed(contact)]);
    }

    public static Normalization Changed(ClassicEvent told) => Normalization.Of([Observed(told), .. ClassicPeople.Unsubscribed(told.Object)]);

    private static Fact Observed(ClassicEvent told) => new($"contacts/{told.Id}/state/{ClassicEvent.Stamp(told.UpdatedAt)}", new ContactObserved
    {
        OccurredAt = told.UpdatedAt,
        Person = ClassicPeople.Of(told.Object),
        Source = told.Source,
        Attribution = ClassicPeople.Attribution(told.Object),
    });
}
