using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Bounds what the bodies that are being read and stored take together, however many requests there are at once.</summary>
internal sealed class BodyBudget(IOptions<HubOptions> options)
{
    private readonly long limit = (long)options.Value.MaxBodiesMebibytes * 1024 * 1024;
    private long taken;

    /// <summary>Takes bytes; <see cref="GiveBack"/> returns them.</summary>
    /// <returns>False when there are not as many left.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= limit) return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref taken, -bytes);
}
