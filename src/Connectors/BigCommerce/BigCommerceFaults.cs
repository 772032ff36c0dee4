using System.Globalization;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Faults that the status does not tell in full. A limit says in milliseconds, and in a header of its own, how long to wait.</summary>
internal static class BigCommerceFaults
{
    private const string Reset = "X-Rate-Limit-Time-Reset-Ms";

    public static VendorException? Find(VendorAnswer answer)
    {
        if (answer.Status != 429 || !answer.Headers.TryGetValue(Reset, out var text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new VendorException(VendorFault.Throttled, "the store has had too many calls of all its apps (429)") { RetryAfter = TimeSpan.FromMilliseconds(milliseconds) }
            : null;
    }
}
