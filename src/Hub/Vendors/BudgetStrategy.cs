using IntegrationHub.Connectors;
using Polly;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The step of the pipeline that keeps to an account's budget, and learns from the vendor's own words when to pause.</summary>
internal sealed class BudgetStrategy(CallBudget budget) : ResilienceStrategy<HttpResponseMessage>
{
    /// <summary>The longest pause that a vendor is granted before it is asked again.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            await budget.TakeAsync(context.CancellationToken);
        }
        catch (Exception exception) when (exception is VendorException or OperationCanceledException)
        {
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
        var outcome = await callback(context, state);
        if (outcome.Exception is VendorException { Fault: VendorFault.Throttled, RetryAfter: { } pause }) budget.Rest(pause < LongestPause ? pause : LongestPause);
        return outcome;
    }

    /// <summary>Polly names its steps by their options.</summary>
    public sealed class Options : ResilienceStrategyOptions
    {
        public Options() => Name = "Budget";
    }
}
