using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>What Calendly's bodies say about a person, in the same words for every topic.</summary>
internal static class CalendlyPeople
{
    /// <summary>With the whole name; split only when nothing else tells the parts and it has exactly two words.</summary>
    public static Person Named(this Person person, string? name)
    {
        var named = person with { FullName = name };
        if (name is null || person.FirstName is not null || person.LastName is not null || name.Contains(',', StringComparison.Ordinal)) return named;
        return name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
            ? named with { FirstName = first, LastName = last }
            : named;
    }

    /// <summary>With one more identifier, unless it is there already.</summary>
    public static Person Identified(this Person person, Identifier? identifier) =>
        identifier is null || person.Identifiers.Contains(identifier) ? person : person with { Identifiers = [.. person.Identifiers, identifier] };

    /// <summary>The visitor behind a routing form; the booking that follows names the same submission.</summary>
    public static Identifier Routed(string submissionUri) => Identifier.Anonymous("routing:" + CalendlyUri.Id(submissionUri));

    /// <summary>What the link that the person followed said.</summary>
    public static Attribution? Attribution(Payload tracking)
    {
        var attribution = new Attribution
        {
            Source = tracking["utm_source"].Text(),
            Medium = tracking["utm_medium"].Text(),
            Campaign = tracking["utm_campaign"].Text(),
            Term = tracking["utm_term"].Text(),
            Content = tracking["utm_content"].Text(),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    /// <summary>The record in Salesforce that Calendly's own integration links to.</summary>
    public static IReadOnlyDictionary<string, string> Custom(Payload tracking)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tracking["salesforce_uuid"].Text() is { } salesforce) custom["salesforce_uuid"] = salesforce;
        return custom;
    }
}
