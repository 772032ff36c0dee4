using System.Collections.Concurrent;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The budgets of all accounts at all vendors. They outlive a change of the settings: what was called counts.</summary>
internal sealed class CallBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Connector, string Account), CallBudget> budgets = new();

    /// <summary>The budget of an account.</summary>
    public CallBudget Of(string connector, ApiAccess access)
    {
        var budget = budgets.GetOrAdd((connector, access.Account), _ => new CallBudget(access.Limit, time));
        budget.Allow(access.Limit);
        return budget;
    }
}
