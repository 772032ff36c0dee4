using System.Runtime.CompilerServices;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Plays the store <c>demo1hash</c>: people register or stay guests, join the newsletter, order, pay, get money back, leave carts behind and write. Its API tells each object as it is in the end.</summary>
public sealed class BigCommerceSimulator : IApiSimulator
{
    internal const string StoreHash = "demo1hash";

    private readonly ConditionalWeakTable<Simulation, SimulatedStore> stores = [];

    /// <inheritdoc/>
    public string Connector => "bigcommerce";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation) => StoreOf(simulation).Deliveries;

    /// <inheritdoc/>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call) => StoreOf(simulation).Answer(call);

    private SimulatedStore StoreOf(Simulation simulation) => stores.GetValue(simulation, played => new SimulatedStore(played, Connector));
}
