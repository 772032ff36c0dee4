using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>A value that a source told to name the person, and that links nobody.</summary>
/// <param name="Reason">Why, when the event alone told; otherwise null.</param>
/// <param name="Node">The node that it would be, when other events or a decision are the reason.</param>
internal sealed record UnlinkedClaim(string Source, string Connection, IdentifierKind Kind, string Value, string? Reason, string? Node, Stamp Stamp) : IRecentClaim<UnlinkedClaim>
{
    // What is no valid value can be of any length, and stands in the state of the contact.
    private const int MaxLength = 512;

    public static UnlinkedClaim Of(UnlinkedValue value, string source, string connection, Stamp stamp) =>
        new(source, connection, value.Kind, Cut(value.Raw), value.Reason, value.Node, stamp);

    public bool SaysSameAs(UnlinkedClaim other) =>
        Kind == other.Kind && Value == other.Value && Reason == other.Reason && Node == other.Node
        && (Kind is not (IdentifierKind.Customer or IdentifierKind.Anonymous) || Connection == other.Connection);

    public int CompareWithinEvent(UnlinkedClaim other) => string.CompareOrdinal(Value, other.Value);

    private static string Cut(string raw)
    {
        if (raw.Length <= MaxLength) return raw;
        var length = char.IsHighSurrogate(raw[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return raw[..length];
    }
}
