using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Answers to a consent banner.</summary>
internal sealed class SegmentConsent(IReadOnlyDictionary<string, string> channels)
{
    /// <summary>The channel of a setting; null when there is none of this name.</summary>
    public static ConsentChannel? Channel(string name) => name switch
    {
        "email" => ConsentChannel.Email,
        "sms" => ConsentChannel.Sms,
        "phone" => ConsentChannel.Phone,
        "post" => ConsentChannel.Post,
        _ => null,
    };

    /// <summary>The person answered the banner. Categories are attributes; those that the settings name are consent for a channel, of several the one that was refused counts.</summary>
    public Normalization Updated(SegmentCall call)
    {
        var answers = Answers(call).ToList();
        if (answers.Count == 0) return new Normalization.Ignored(call.Topic, "it tells no categories");
        List<Fact> facts =
        [
            new($"messages/{call.Id}", new ContactObserved
            {
                OccurredAt = call.Time,
                TimeBasis = call.Basis,
                Person = call.Who(person => answers.ForEach(answer => person.Tell($"custom.consent.{answer.Category}", answer.IsGiven ? "granted" : "refused"))),
                Source = call.Source,
            }),
        ];
        var chosen = answers.Select(answer => (answer.Category, answer.IsGiven, Channel: channels.TryGetValue(answer.Category, out var name) ? Channel(name) : null));
        facts.AddRange(chosen.Where(answer => answer.Channel is not null).GroupBy(answer => answer.Channel.GetValueOrDefault()).Select(group => new Fact($"messages/{call.Id}/consent/{group.Key.ToString().ToLowerInvariant()}", new ConsentChanged
        {
            OccurredAt = call.Time,
            TimeBasis = call.Basis,
            Person = call.Person,
            Source = call.Source,
            Channel = group.Key,
            State = group.All(answer => answer.IsGiven) ? ConsentState.Granted : ConsentState.Withdrawn,
            Basis = string.Join(", ", group.Select(answer => answer.Category)),
        })));
        return Normalization.Of(facts);
    }

    private static IEnumerable<(string Category, bool IsGiven)> Answers(SegmentCall call)
    {
        var categories = call.Context("consent")["categoryPreferences"];
        if (!categories.IsObject) yield break;
        foreach (var (category, answer) in categories.Members())
        {
            if (SegmentValue.Scalar(answer) is "true" or "false" && category.Trim().Length > 0) yield return (category.Trim(), SegmentValue.Scalar(answer) is "true");
        }
    }
}
