namespace IntegrationHub.Connectors;

/// <summary>A simulator whose vendor's webhooks only hint at objects: it plays the API as well.</summary>
public interface IApiSimulator : IWebhookSimulator
{
    /// <summary>Answers as the vendor's API would, about the objects that the simulation's deliveries hint at. The same simulation and request always give the same answer.</summary>
    SimulatedAnswer Answer(Simulation simulation, SimulatedCall call);
}

/// <summary>A call of a simulated API.</summary>
/// <param name="Method">HTTP method in upper case.</param>
/// <param name="Path">Below the API's address, beginning with a slash, percent-decoded.</param>
/// <param name="Query">The query's parameters; of repeated ones the last.</param>
/// <param name="Body">The body.</param>
public sealed record SimulatedCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, ReadOnlyMemory<byte> Body);

/// <summary>An answer of a simulated API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body.</param>
public sealed record SimulatedAnswer(int Status, string Json)
{
    /// <summary>There is no such object.</summary>
    public static SimulatedAnswer NotFound { get; } = new(404, "{}");
}
