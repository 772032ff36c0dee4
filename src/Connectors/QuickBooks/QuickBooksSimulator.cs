using System.Runtime.CompilerServices;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Plays the books of company 9130000000000001: customers are added, get estimates, invoices and receipts, pay, and get money back. Its API tells each entity as it is in the end.</summary>
public sealed class QuickBooksSimulator : IApiSimulator
{
    internal const string Company = "9130000000000001";

    private readonly ConditionalWeakTable<Simulation, SimulatedCompany> companies = [];

    /// <inheritdoc/>
    public string Connector => "quickbooks";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation) => CompanyOf(simulation).Deliveries;

    /// <inheritdoc/>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call) => CompanyOf(simulation).Answer(call);

    private SimulatedCompany CompanyOf(Simulation simulation) => companies.GetValue(simulation, played => new SimulatedCompany(played, Connector));
}
