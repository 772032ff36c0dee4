using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Who is who.</summary>
internal static class SegmentIdentity
{
    /// <summary>A user id; plugins that have no other send the e-mail address.</summary>
    public static void TellUser(Respondent person, string? id)
    {
        if (id is null) return;
        person.Tell("user", id);
        if (Respondent.IsEmail(id)) person.Tell("email", id);
    }

    /// <summary>Two ids are one person. What was the id before is a visitor's when it is a UUID, as the libraries make them, else a user's.</summary>
    public static Normalization Aliased(SegmentCall call)
    {
        var previous = SegmentValue.Scalar(call.Item, "previousId", "Previous ID");
        return Observed(call, person =>
        {
            if (Guid.TryParse(previous, out _)) person.Tell("anonymous", previous);
            else TellUser(person, previous);
        });
    }

    /// <summary>The person became known, or told more.</summary>
    public static Normalization Identified(SegmentCall call) => Observed(call, person => SegmentTraits.Tell(person, call.Item["traits"]));

    /// <summary>The person belongs to a company.</summary>
    public static Normalization Grouped(SegmentCall call) => Observed(call, person => SegmentTraits.TellGroup(person, SegmentValue.Scalar(call.Item["groupId"]), call.Item["traits"]));

    /// <summary>The person asked to be forgotten, by way of Segment.</summary>
    public static Normalization Erased(SegmentCall call) => Normalization.Of($"erasures/{call.Id}", new ErasureRequested
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = new Person { Identifiers = call.Person.Identifiers },
        Source = call.Source,
    });

    /// <summary>Which ids belong together, where a call tells nothing else that is kept; null when it names one only. Told once however many calls say so.</summary>
    public static Normalization? Tie(SegmentCall call)
    {
        var identifiers = call.Person.Identifiers;
        if (identifiers.Count < 2) return null;
        var names = string.Join('\n', identifiers.Select(identifier => $"{identifier.Kind} {identifier.Value}").Order(StringComparer.Ordinal));
        return Normalization.Of($"identities/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)).AsSpan(..16))}", new ContactObserved
        {
            OccurredAt = call.Time,
            TimeBasis = call.Basis,
            Person = new Person { Identifiers = identifiers },
            Source = call.Source,
        });
    }

    private static Normalization Observed(SegmentCall call, Action<Respondent> tell) => Normalization.Of($"messages/{call.Id}", new ContactObserved
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Who(tell),
        Source = call.Source,
    });
}
