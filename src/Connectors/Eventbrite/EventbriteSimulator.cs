using System.Runtime.CompilerServices;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Plays an organiser: people buy tickets for themselves and a friend, come, or get their money back. Its API tells each object as it is in the end.</summary>
public sealed class EventbriteSimulator : IApiSimulator
{
    private readonly ConditionalWeakTable<Simulation, SimulatedBoxOffice> offices = [];

    /// <inheritdoc/>
    public string Connector => "eventbrite";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation) => Office(simulation).Deliveries;

    /// <inheritdoc/>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call) => Office(simulation).Answer(call);

    private SimulatedBoxOffice Office(Simulation simulation) => offices.GetValue(simulation, played => new SimulatedBoxOffice(played, played.Random(Connector)));
}
