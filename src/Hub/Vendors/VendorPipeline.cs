using IntegrationHub.Connectors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The Polly pipeline of a connection, from the outside: repeats quick faults, keeps to the account's budget, stops calling a vendor that is down, limits the wait for an answer.</summary>
internal static class VendorPipeline
{
    /// <summary>Calls of one request at most.</summary>
    public const int MaxTries = 3;

    /// <summary>Failures in a row after which a vendor counts as down.</summary>
    public const int FailuresUntilBreak = 5;

    /// <summary>The longest wait between two tries. What the vendor asks for beyond it is passed on to the caller, who rests.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>How long a vendor that is down is left alone at first; each time that it still is, twice as long.</summary>
    public static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a vendor is left alone.</summary>
    public static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(10);

    /// <summary>Says of a call whether it may be made twice.</summary>
    public static readonly ResiliencePropertyKey<bool> IsRepeatable = new("repeatable");

    public static ResiliencePipeline<HttpResponseMessage> Of(string connection, ApiAccess access, CallBudget budget, TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(Retry())
            .AddStrategy(_ => new BudgetStrategy(budget), new BudgetStrategy.Options())
            .AddCircuitBreaker(Breaker(connection, logger))
            .AddTimeout(access.Timeout)
            .Build();

    private static RetryStrategyOptions<HttpResponseMessage> Retry() => new()
    {
        MaxRetryAttempts = MaxTries - 1,
        Delay = TimeSpan.FromSeconds(1),
        MaxDelay = LongestWait,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(MayRepeat(arguments.Outcome.Exception, arguments.Context)),
        DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as VendorException)?.RetryAfter),
    };

    // A vendor that says "too many" has done nothing. After any other fault nobody knows: what changes something is not sent twice.
    private static bool MayRepeat(Exception? exception, ResilienceContext context) =>
        exception is VendorException { Fault: var fault } failure && (failure.RetryAfter ?? TimeSpan.Zero) <= LongestWait
        && (fault is VendorFault.Throttled || (fault is VendorFault.Unavailable && context.Properties.GetValue(IsRepeatable, false)));

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(string connection, ILogger logger) => new()
    {
        FailureRatio = 1,
        MinimumThroughput = FailuresUntilBreak,
        SamplingDuration = TimeSpan.FromMinutes(2),
        BreakDurationGenerator = arguments => ValueTask.FromResult(BreakAfter(arguments.HalfOpenAttempts)),
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is TimeoutRejectedException or VendorException { Fault: VendorFault.Unavailable }),
        OnOpened = arguments =>
        {
            Log.CircuitOpened(logger, connection, arguments.BreakDuration);
            return default;
        },
        OnClosed = _ =>
        {
            Log.CircuitClosed(logger, connection);
            return default;
        },
    };

    private static TimeSpan BreakAfter(int attempts)
    {
        var grown = FirstBreak * Math.Pow(2, Math.Min(attempts, 10));
        return grown < LongestBreak ? grown : LongestBreak;
    }
}
