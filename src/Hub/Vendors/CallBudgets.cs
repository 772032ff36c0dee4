using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Processes;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The budgets of all accounts at all vendors. They outlive a change of the settings: what was called counts.</summary>
internal sealed class CallBudgets(Roster roster, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Connector, string Account), CallBudget> budgets = new();

    /// <summary>The budget of an account.</summary>
    public CallBudget Of(string connector, ApiAccess access)
    {
        var budget = budgets.GetOrAdd((connector, access.Account), _ => new CallBudget(access.Limit, time, () => roster.Living));
        budget.Allow(access.Limit);
        return budget;
    }
}
