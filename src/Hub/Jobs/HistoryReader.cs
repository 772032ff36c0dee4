using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Reads one page of a run into the inbox, and decides what becomes of the run when the vendor gives none.</summary>
internal sealed class HistoryReader(HistoryStore store, VendorApis apis, ConnectionTroubles troubles, Signals signals, TimeProvider time, ILogger<HistoryReader> logger)
{
    private const int MaxMisreadings = 5;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    // A vendor may well say "tomorrow", and hardly means next year.
    private static readonly TimeSpan LongestTold = TimeSpan.FromDays(1);

    public async Task ReadAsync(Connection connection, IBackfill history, HistoryRun run, CancellationToken cancellationToken)
    {
        using var span = signals.ReadHistory(run.Connection, run.Stream);
        try
        {
            var page = await history.ReadAsync(new BackfillRequest(run.Stream, run.Since, run.Until, run.Cursor), apis.Of(connection), cancellationToken);
            await store.TakeAsync(run, page, cancellationToken);
            Log.PageRead(logger, run.Connection, run.Purpose, run.Stream, run.Pages + 1, page.Objects.Count);
            if (!store.AnyForbidden(run.Connection)) await troubles.ClearAsync(run.Connection, cancellationToken);
        }
        catch (VendorException exception)
        {
            await FailAsync(run, exception, cancellationToken);
        }
        catch (PayloadException exception)
        {
            await FailAsync(run, new VendorException(VendorFault.Misread, $"the vendor's answer: {exception.Message}"), cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageException))
        {
            // A connector's own fault must not stop the other connections.
            Log.ConnectorFailed(logger, exception, run.Connection, run.Stream);
            await FailAsync(run, new VendorException(VendorFault.Misread, $"made the connector fail ({exception.GetType().Name})"), cancellationToken);
        }
    }

    private Task FailAsync(HistoryRun run, VendorException failure, CancellationToken cancellationToken)
    {
        Log.NotRead(logger, run.Connection, run.Purpose, run.Stream, run.Pages + 1, failure.Fault, failure.Message);
        return failure.Fault switch
        {
            VendorFault.Refused or VendorFault.NotFound => store.FailAsync(run, failure.Fault, failure.Message, cancellationToken),
            VendorFault.Misread when run.Attempts + 1 >= MaxMisreadings => store.FailAsync(run, failure.Fault, failure.Message, cancellationToken),
            VendorFault.Misread => PostponeAsync(run, failure, Grown(TimeSpan.FromSeconds(30), run.Attempts, LongestRest), cancellationToken),
            VendorFault.Forbidden => WaitForAdminAsync(run, failure, TimeSpan.Zero, cancellationToken),
            VendorFault.Unauthorized => WaitForAdminAsync(run, failure, LongestRest, cancellationToken),
            VendorFault.Throttled => RestAsync(run, failure, failure.RetryAfter ?? Grown(TimeSpan.FromMinutes(1), run.Attempts, LongestRest), cancellationToken),
            VendorFault.Unavailable => RestAsync(run, failure, failure.RetryAfter ?? Grown(TimeSpan.FromSeconds(5), run.Attempts, LongestRest), cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    // The hub can't cure it. It looks now and then whether somebody has; new settings make it look at once.
    private async Task WaitForAdminAsync(HistoryRun run, VendorException failure, TimeSpan rest, CancellationToken cancellationToken)
    {
        await troubles.ReportAsync(run.Connection, failure.Fault, $"{run.Stream}: {failure.Message}", rest, cancellationToken);
        await PostponeAsync(run, failure, Grown(TimeSpan.FromMinutes(1), run.Attempts, TimeSpan.FromHours(1)), cancellationToken);
    }

    // What stops this call stops all calls of the connection for a while.
    private async Task RestAsync(HistoryRun run, VendorException failure, TimeSpan told, CancellationToken cancellationToken)
    {
        var rest = told < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : told < LongestTold ? told : LongestTold;
        await troubles.ReportAsync(run.Connection, failure.Fault, failure.Message, rest < LongestRest ? rest : LongestRest, cancellationToken);
        await PostponeAsync(run, failure, rest, cancellationToken);
    }

    private Task PostponeAsync(HistoryRun run, VendorException failure, TimeSpan wait, CancellationToken cancellationToken) =>
        store.PostponeAsync(run, failure.Fault, failure.Message, time.GetUtcNow() + wait, cancellationToken);

    private static TimeSpan Grown(TimeSpan first, int times, TimeSpan longest) => TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(times, 12)));
}
