using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Further properties of contacts by what the settings say that they mean.</summary>
internal sealed class HubSpotProperties(IReadOnlyDictionary<string, string> meanings)
{
    private const string User = "user";
    private const string CustomPrefix = "custom.";
    private const string ConsentPrefix = "consent.";

    /// <summary>What a property can mean besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets => Enum.GetNames<ConsentChannel>().Select(channel => ConsentPrefix + channel.ToLowerInvariant()).Prepend(User);

    /// <summary>Names of all of them.</summary>
    public IEnumerable<string> Names => meanings.Keys;

    /// <summary>Properties that tell a consent, with its channel.</summary>
    public IEnumerable<(string Name, ConsentChannel Channel)> Consents =>
        from entry in meanings
        where entry.Value.StartsWith(ConsentPrefix, StringComparison.Ordinal)
        select (entry.Key, Enum.Parse<ConsentChannel>(entry.Value[ConsentPrefix.Length..], ignoreCase: true));

    /// <summary>Whether a property can be mapped to this.</summary>
    public static bool IsTarget(string target) =>
        Targets.Contains(target, StringComparer.Ordinal) || (target.StartsWith(CustomPrefix, StringComparison.Ordinal) && target.Length > CustomPrefix.Length);

    /// <summary>The business's own user ids that a contact tells.</summary>
    public IEnumerable<Identifier> Users(HubSpotObject contact) =>
        meanings.Where(entry => entry.Value == User).Select(entry => contact.Text(entry.Key)).OfType<string>().Select(Identifier.User);

    /// <summary>Custom fields that a contact tells.</summary>
    public IEnumerable<(string Name, string Value)> Custom(HubSpotObject contact)
    {
        foreach (var (name, meaning) in meanings)
        {
            if (meaning.StartsWith(CustomPrefix, StringComparison.Ordinal) && contact.Text(name) is { } value) yield return (meaning[CustomPrefix.Length..], value);
        }
    }
}
