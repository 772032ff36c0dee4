using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Hydration;

/// <summary>Fetches the objects of one connection. Each connection has its own lane: a vendor that is slow or down delays nobody else.</summary>
internal sealed class HydrationLane(
    string name, ConfigurationSource configuration, HydrationStore store, VendorApis apis, ConnectionTroubles troubles, TimeProvider time, ILogger logger)
{
    private const int MaxMisreadings = 5;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private readonly Wakeup wakeup = new(time);
    private int failures;

    /// <summary>Something may be due, or the settings have changed.</summary>
    public void Wake() => wakeup.Signal();

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wakeup.WaitAsync(await StepAsync(stoppingToken), stoppingToken);
            }
            catch (Exception exception) when (exception is StorageException)
            {
                Log.LaneFailed(logger, exception, name);
                await wakeup.WaitAsync(LongestRest / 60, stoppingToken);
            }
        }
    }

    /// <summary>Fetches what is due.</summary>
    /// <returns>How long nothing is to do; zero to go on.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (!configuration.Current.Connections.TryGetValue(name, out var connection) || connection.Source is not IHydrate hydrate) return LongestRest;
        var now = time.GetUtcNow();
        if (troubles.RestUntil(name) is { } until && until > now) return Shorter(until - now);
        var due = store.Due(name, hydrate.Api?.Parallel ?? 1);
        if (due.Count == 0) return store.NextDue(name) is { } next ? Shorter(next - now) : LongestRest;
        if (hydrate.Api is null)
        {
            await troubles.ReportAsync(name, VendorFault.Unauthorized, "the settings hold no key to the vendor's API; see the connector's page", LongestRest, cancellationToken);
            return LongestRest;
        }
        await Task.WhenAll(due.Select(one => FetchAsync(connection, hydrate, one, cancellationToken)));
        return TimeSpan.Zero;
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestRest ? wait : LongestRest;

    private async Task FetchAsync(Connection connection, IHydrate hydrate, DueObject due, CancellationToken cancellationToken)
    {
        try
        {
            var objects = await hydrate.FetchAsync(due.Reference, apis.Of(connection), cancellationToken);
            if (objects.Count > 0) await store.TakeAsync(due, objects, cancellationToken);
            else await store.EndAsync(due, DeliveryStatus.Ignored, $"{Name(due)} holds nothing to tell", cancellationToken);
            failures = 0;
            await troubles.ClearAsync(name, cancellationToken);
        }
        catch (VendorException exception)
        {
            await FailAsync(due, exception, cancellationToken);
        }
        catch (PayloadException exception)
        {
            await FailAsync(due, new VendorException(VendorFault.Misread, $"the vendor's answer: {exception.Message}"), cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageException))
        {
            // A connector's own fault must not stop its lane.
            Log.FetchFailed(logger, exception, name, due.Reference.ObjectType);
            await FailAsync(due, new VendorException(VendorFault.Misread, $"made the connector fail ({exception.GetType().Name})"), cancellationToken);
        }
    }

    private async Task FailAsync(DueObject due, VendorException failure, CancellationToken cancellationToken)
    {
        var problem = $"{Name(due)}: {failure.Message}";
        Log.NotFetched(logger, name, due.Reference.ObjectType, failure.Fault, failure.Message);
        switch (failure.Fault)
        {
            case VendorFault.NotFound:
                await store.EndAsync(due, DeliveryStatus.Ignored, problem, cancellationToken);
                break;
            case VendorFault.Refused:
                await store.EndAsync(due, DeliveryStatus.Quarantined, problem, cancellationToken);
                break;
            case VendorFault.Misread when due.Attempts + 1 >= MaxMisreadings:
                await store.EndAsync(due, DeliveryStatus.Quarantined, problem, cancellationToken);
                break;
            case VendorFault.Misread:
                await store.PostponeAsync(due, Grown(TimeSpan.FromSeconds(30), due.Attempts), problem, cancellationToken);
                break;
            case VendorFault.Forbidden:
                await troubles.ReportAsync(name, failure.Fault, problem, TimeSpan.Zero, cancellationToken);
                await store.PostponeAsync(due, Grown(TimeSpan.FromMinutes(1), due.Attempts), problem, cancellationToken);
                break;
            case VendorFault.Unauthorized or VendorFault.Throttled or VendorFault.Unavailable:
                await RestAsync(due, failure, problem, cancellationToken);
                break;
            default:
                throw new UnreachableException();
        }
    }

    // What stops one call stops all of this connection: the lane rests, and the object stays due.
    private async Task RestAsync(DueObject due, VendorException failure, string problem, CancellationToken cancellationToken)
    {
        var rest = failure.Fault is VendorFault.Throttled
            ? failure.RetryAfter ?? TimeSpan.FromMinutes(1)
            : failure.RetryAfter ?? Grown(TimeSpan.FromSeconds(5), Interlocked.Increment(ref failures) - 1);
        if (rest > LongestRest) rest = LongestRest;
        await troubles.ReportAsync(name, failure.Fault, failure.Message, rest, cancellationToken);
        await store.PostponeAsync(due, rest, problem, cancellationToken);
    }

    private static TimeSpan Grown(TimeSpan first, int times) => TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, first.Ticks << Math.Min(times, 12)));

    private static string Name(DueObject due) => $"{due.Reference.ObjectType} {due.Reference.ObjectId}";
}
