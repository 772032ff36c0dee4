using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>What Cal.com's bodies say about a person, in the same words for every topic.</summary>
internal static class CalComPeople
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

    /// <summary>An e-mail address; null for anything else, and for what Cal.com makes up where a page asks for the phone number only (issue 25432).</summary>
    public static Identifier? Email(string? text) =>
        text is not null && LooksLikeEmail(text) && !text.EndsWith("@sms.cal.com", StringComparison.OrdinalIgnoreCase) ? Identifier.Email(text) : null;

    /// <summary>A phone number; null for anything else.</summary>
    public static Identifier? Phone(string? text) => text is { Length: <= 32 } && text.Count(char.IsAsciiDigit) >= 6 ? Identifier.Phone(text) : null;

    /// <summary>What the link that the person followed said, in its parameters or in hidden questions.</summary>
    public static Attribution? Attribution(Payload metadata, IReadOnlyList<FormAnswer> answers)
    {
        var attribution = new Attribution
        {
            Source = Tracked("utm_source"),
            Medium = Tracked("utm_medium"),
            Campaign = Tracked("utm_campaign"),
            Term = Tracked("utm_term"),
            Content = Tracked("utm_content"),
        };
        return attribution == new Attribution() ? null : attribution;

        string? Tracked(string name) =>
            CalComAnswers.Text(metadata[name]) ?? answers.FirstOrDefault(answer => CalComFields.Plain(answer.Key) == CalComFields.Plain(name))?.Value;
    }

    private static bool LooksLikeEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var dot = text.LastIndexOf('.');
        return at > 0 && at == text.LastIndexOf('@') && dot > at + 1 && dot < text.Length - 1
            && text.Length <= 254 && !text.Any(char.IsWhiteSpace);
    }
}
