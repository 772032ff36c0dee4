using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Registrations and trials.</summary>
internal static class SegmentSignUps
{
    private const string FormTitle = "Signed Up";

    /// <summary>Somebody registered. What the form asked stands in the properties.</summary>
    public static Normalization SignedUp(SegmentCall call)
    {
        var person = call.Who(person => SegmentTraits.TellReserved(person, call.Properties));
        return Normalization.Of(
            new Fact($"messages/{call.Id}/observed", new ContactObserved
            {
                OccurredAt = call.Time,
                TimeBasis = call.Basis,
                Person = person,
                Source = call.Source,
                Attribution = call.Attribution,
            }),
            new Fact($"messages/{call.Id}/submitted", new FormSubmitted
            {
                OccurredAt = call.Time,
                TimeBasis = call.Basis,
                Person = person,
                Source = call.Source,
                Attribution = call.Attribution,
                FormId = FormTitle,
                FormTitle = FormTitle,
                SubmissionId = call.Id,
                Answers = Answers(call.Properties),
            }));
    }

    /// <summary>A trial began.</summary>
    public static Normalization TrialStarted(SegmentCall call) => Normalization.Of($"subscriptions/{Trial(call)}/started/{call.Id}", new SubscriptionStarted
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = call.Source,
        Attribution = call.Attribution,
        SubscriptionId = Trial(call),
        Plan = SegmentValue.Scalar(call.Properties["trial_plan_name"]),
        Status = "trialing",
        CurrentPeriodEndsAt = SegmentValue.Time(call.Properties["trial_end_date"]),
    });

    /// <summary>A trial ended, with or without a purchase.</summary>
    public static Normalization TrialEnded(SegmentCall call) => Normalization.Of($"subscriptions/{Trial(call)}/ended/{call.Id}", new SubscriptionEnded
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = call.Source,
        SubscriptionId = Trial(call),
        Plan = SegmentValue.Scalar(call.Properties["trial_plan_name"]),
        EndsAt = SegmentValue.Time(call.Properties["trial_end_date"]),
    });

    // A trial has no id. It is named by the person: the company, which several people belong to, would make them one.
    private static string Trial(SegmentCall call) => $"trial-{call.Person.Identifiers[0].Value}";

    private static IReadOnlyList<FormAnswer> Answers(Payload properties) => properties.IsObject
        ? [.. properties.Members().Where(member => !SecretFieldNames.Contains(member.Name))
            .Select(member => (member.Name, Value: SegmentValue.Text(member.Value))).Where(answer => answer.Value is not null)
            .Select(answer => new FormAnswer { Key = answer.Name, Value = answer.Value ?? "" })]
        : [];
}
