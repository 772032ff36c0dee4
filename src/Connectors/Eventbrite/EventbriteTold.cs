using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>What the facts about one order, or one ticket in one person's hands, have in common.</summary>
/// <param name="Key">Begins the keys of its facts.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ChangedAt">When it last changed.</param>
/// <param name="Person">Whom it concerns.</param>
/// <param name="Source">The object.</param>
internal sealed record EventbriteTold(string Key, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, Person Person, SourceReference Source)
{
    public string Change { get; } = $"{ChangedAt:yyyyMMddHHmmss}";

    public Fact Fact(string key, ContactEvent contactEvent) => new($"{Key}/{key}", contactEvent);

    /// <summary>The opt-in to the organiser's letters. That somebody stands in no list and did not opt in says nothing.</summary>
    public IEnumerable<Fact> Preferences(Payload preferences)
    {
        if (preferences["has_opted_in"].Flag() is not { } optedIn || !(optedIn || preferences["has_contact_list"].Flag() is true)) yield break;
        yield return Consent(ConsentChannel.Email, optedIn ? ConsentState.Granted : ConsentState.Withdrawn, "contact_list_preferences");
    }

    /// <summary>A yes is that of the order: a later change of something else must not outweigh an unsubscription in between. A no counts from the change that shows it.</summary>
    public Fact Consent(ConsentChannel channel, ConsentState state, string basis)
    {
        var name = $"consent/{channel.ToString().ToLowerInvariant()}";
        return state is ConsentState.Granted ? Fact($"{name}/granted", Changed(CreatedAt)) : Fact($"{name}/withdrawn/{Change}", Changed(ChangedAt));

        ConsentChanged Changed(DateTimeOffset at) => new() { OccurredAt = at, Person = Person, Source = Source, Channel = channel, State = state, Basis = basis };
    }
}
