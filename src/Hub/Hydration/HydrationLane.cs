using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Hydration;

/// <summary>Fetches the objects of one connection. Each connection has its own lane: a vendor that is slow or down delays nobody else.</summary>
internal sealed class HydrationLane(
    string name, ConfigurationSource configuration, HydrationStore store, VendorApis apis, ConnectionTroubles troubles, Signals signals, TimeProvider time, ILogger logger)
{
    /// <summary>How often in a row an object may be answered with nonsense before it is given up: after three quarters of an hour.</summary>
    public const int MaxMisreadings = 8;

    /// <summary>The longest that a lane or an object waits for the next try.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);

    // Hints of other processes wake nobody here, and a process that ends leaves its lanes to the others.
    private static readonly TimeSpan LookWhenShared = TimeSpan.FromSeconds(2);

    private readonly Wakeup wakeup = new(time);
    private int failedSteps;

    /// <summary>Something may be due, or the settings have changed.</summary>
    public void Wake() => wakeup.Signal();

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan rest;
            try
            {
                rest = await StepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The disk is full, or a connector can't say how its vendor is reached: the other lanes go on, and this one tries again.
                if (!MeasuredDatabase.IsAway(exception)) Log.LaneFailed(logger, exception, name);
                rest = TimeSpan.FromSeconds(30);
            }
            await wakeup.WaitAsync(store.IsShared && rest > LookWhenShared ? LookWhenShared : rest, stoppingToken);
        }
    }

    /// <summary>Fetches what is due.</summary>
    /// <returns>How long nothing is to do; zero to go on.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (!configuration.Current.Connections.TryGetValue(name, out var connection) || connection.Source is not IHydrate hydrate) return LongestRest;
        if (!store.TryHold(name)) return LookWhenShared;
        var now = time.GetUtcNow();
        if (troubles.RestUntil(name) is { } until && until > now) return Shorter(until - now);
        var access = hydrate.Api;
        var due = store.Due(name, access?.Parallel ?? 1);
        if (due.Count == 0) return store.NextDue(name) is { } next ? Shorter(next - now) : LongestRest;
        if (access is null)
        {
            await troubles.ReportAsync(name, VendorFault.Unauthorized, "the settings hold no key to the vendor's API; see the connector's page", LongestRest, cancellationToken);
            return LongestRest;
        }
        var stops = await Task.WhenAll(due.Select(one => FetchAsync(connection, hydrate, one, cancellationToken)));
        if (stops.Contains(null)) failedSteps = 0;
        List<Stop> stopped = [.. stops.OfType<Stop>()];
        if (stopped.Count > 0) await RestAsync(stopped, cancellationToken);
        return TimeSpan.Zero;
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestRest ? wait : LongestRest;

    /// <returns>Null when the vendor has spoken; otherwise what stops all calls of this connection.</returns>
    private async Task<Stop?> FetchAsync(Connection connection, IHydrate hydrate, DueObject due, CancellationToken cancellationToken)
    {
        using var span = signals.Hydrate(name, due.Reference.ObjectType, signals.AreTraced ? store.TracesOf(due) : []);
        try
        {
            var objects = await hydrate.FetchAsync(due.Reference, apis.Of(connection), cancellationToken);
            if (IsTakenOver()) return null;
            if (objects.Count > 0) await store.TakeAsync(due, objects, cancellationToken);
            else await store.EndAsync(due, DeliveryStatus.Ignored, $"{Name(due)} holds nothing to tell", cancellationToken);
            signals.Fetched(name);
            await ClearAsync(cancellationToken);
            return null;
        }
        catch (VendorException exception)
        {
            return await FailAsync(due, exception, cancellationToken);
        }
        catch (PayloadException exception)
        {
            return await FailAsync(due, new VendorException(VendorFault.Misread, $"the vendor's answer: {exception.Message}"), cancellationToken);
        }
        catch (Exception exception) when (exception is not StorageException && !cancellationToken.IsCancellationRequested)
        {
            // A connector's own fault must not stop its lane.
            Log.FetchFailed(logger, exception, name, due.Reference.ObjectType);
            return await FailAsync(due, new VendorException(VendorFault.Misread, $"made the connector fail ({exception.GetType().Name})"), cancellationToken);
        }
    }

    private async Task<Stop?> FailAsync(DueObject due, VendorException failure, CancellationToken cancellationToken)
    {
        var problem = $"{Name(due)}: {failure.Message}";
        signals.NotFetched(name, failure.Fault);
        Log.NotFetched(logger, name, due.Reference.ObjectType, failure.Fault, failure.Message);
        if (IsTakenOver()) return null;
        switch (failure.Fault)
        {
            case VendorFault.NotFound:
                await store.EndAsync(due, DeliveryStatus.Ignored, problem, cancellationToken);
                break;
            case VendorFault.Refused:
            case VendorFault.Misread when due.FailuresBy(VendorFault.Misread) + 1 >= MaxMisreadings:
                await store.EndAsync(due, DeliveryStatus.Quarantined, problem, cancellationToken);
                break;
            case VendorFault.Misread or VendorFault.Forbidden:
                await troubles.ReportAsync(name, failure.Fault, problem, TimeSpan.Zero, cancellationToken);
                await store.PostponeAsync(due, Grown(TimeSpan.FromMinutes(1), due.FailuresBy(failure.Fault)), failure.Fault, problem, cancellationToken);
                break;
            case VendorFault.Unauthorized or VendorFault.Throttled or VendorFault.Unavailable:
                return new Stop(due, failure);
            default:
                throw new UnreachableException();
        }
        await ClearAsync(cancellationToken);
        return null;
    }

    // Another process fetches by now: it may have been told of a later change, for which an answer from before must not count.
    private bool IsTakenOver() => !store.TryHold(name);

    // The vendor has spoken, so it is there and knows the key. Whether it allows and sends what others wait for is not proven by that.
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        if (troubles.Of(name) is not { } trouble) return;
        if (trouble.Fault is VendorFault.Forbidden or VendorFault.Misread && store.IsWaitedFor(name, trouble.Fault)) return;
        await troubles.ClearAsync(name, cancellationToken);
    }

    // What stops one call stops all of this connection: the lane rests, and the objects stay due. An object that fails alone, again and again, waits longer than the lane.
    private async Task RestAsync(List<Stop> stopped, CancellationToken cancellationToken)
    {
        var (_, failure) = stopped.OrderBy(stop => stop.Failure.Fault).ThenByDescending(stop => stop.Failure.RetryAfter).First();
        var rest = Shorter(failure.RetryAfter ?? (failure.Fault is VendorFault.Throttled ? TimeSpan.FromMinutes(1) : Grown(FirstRest, failedSteps)));
        failedSteps++;
        await troubles.ReportAsync(name, failure.Fault, failure.Message, rest, cancellationToken);
        foreach (var (due, own) in stopped)
        {
            var wait = own.RetryAfter is null && own.Fault is VendorFault.Unavailable ? Grown(FirstRest, due.FailuresBy(own.Fault)) : rest;
            await store.PostponeAsync(due, wait > rest ? wait : rest, own.Fault, $"{Name(due)}: {own.Message}", cancellationToken);
        }
    }

    private static TimeSpan Grown(TimeSpan first, int times) => TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, first.Ticks << Math.Min(times, 12)));

    private static string Name(DueObject due) => $"{due.Reference.ObjectType} {due.Reference.ObjectId}";

    /// <summary>A fault that stops all calls of the connection, and the object that was asked for.</summary>
    private sealed record Stop(DueObject Due, VendorException Failure);
}
