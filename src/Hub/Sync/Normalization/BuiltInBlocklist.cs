using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// Values that name no single person and so must not make two records one. A blocked value stays in the event;
/// it only stops linking. A block too many leaves two contacts for a person to join, one too few joins strangers.
/// </summary>
internal static class BuiltInBlocklist
{
    /// <summary>Why a normalized value links nobody, as a fixed phrase; null if it may.</summary>
    public static string? Blocks(IdentifierKind kind, string normalizedValue) => kind switch
    {
        IdentifierKind.Email => EmailBlocklist.Blocks(normalizedValue),
        IdentifierKind.Phone => PhoneBlocklist.Blocks(normalizedValue),
        _ => IdBlocklist.Blocks(normalizedValue),
    };
}
