using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Limits;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Verifies senders, so that a flood of forged requests costs little and a genuine one is never refused on account of it: decision 0017.</summary>
internal sealed class SenderChecks(TimeProvider time, ILogger<SenderChecks> logger) : IDisposable
{
    // A vendor whose secret is being rotated fails now and then; who fails more often than that is verified in single file.
    private const int Burst = 20;
    private static readonly TimeSpan ForOneMore = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly AddressBudgets failures = new(Burst, ForOneMore, time);
    private readonly AddressBudgets lines = new(1, BetweenLines, time);
    private readonly ConcurrentDictionary<(string Connection, int Rate), AddressBudgets> rates = new();
    private readonly SemaphoreSlim singleFile = new(1);

    /// <summary>Runs a verification.</summary>
    /// <param name="name">The connection that is called, or the path that several share.</param>
    public async Task<T> VerifyAsync<T>(HttpContext context, string name, Func<T> verify, Func<T, Verification> outcome)
    {
        var key = $"{ClientAddress.Of(context)} {name}";
        var verified = failures.Has(key) ? verify() : await VerifyAloneAsync(verify, context.RequestAborted);
        if (outcome(verified) is not Verification.Rejected || failures.TryTake(key)) return verified;
        // Whoever goes on has to come over a new connection each time.
        context.Response.Headers.Connection = "close";
        if (lines.TryTake(key)) Log.Flood(logger, name, ClientAddress.Of(context));
        return verified;
    }

    /// <summary>Counts a request whose proof anybody can have.</summary>
    /// <param name="perMinute">How many an address may send.</param>
    /// <returns>False when these were too many.</returns>
    public bool TryCount(HttpContext context, string connection, int perMinute) =>
        rates.GetOrAdd((connection, perMinute), _ => new AddressBudgets(perMinute, TimeSpan.FromMinutes(1) / perMinute, time)).TryTake(ClientAddress.Of(context));

    public void Dispose() => singleFile.Dispose();

    private async Task<T> VerifyAloneAsync<T>(Func<T> verify, CancellationToken cancellationToken)
    {
        await singleFile.WaitAsync(cancellationToken);
        try
        {
            // The thread that gives the turn on must not verify for all who wait.
            await Task.Yield();
            return verify();
        }
        finally
        {
            singleFile.Release();
        }
    }
}
