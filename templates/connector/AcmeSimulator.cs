using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Acme;

/// <summary>Plays Acme: each person signs up, and changes the sign-up later.</summary>
public sealed class AcmeSimulator : IWebhookSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    /// <inheritdoc/>
    public string Connector => "acme";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        for (var number = 0; number < simulation.Count; number++)
            yield return new SimulatedDelivery { Headers = Headers, Body = Body(number, simulation.Person(number % simulation.People), isNew: number < simulation.People) };
    }

    private static byte[] Body(int number, SimulatedPerson person, bool isNew)
    {
        var body = new JsonObject
        {
            ["topic"] = isNew ? "signup.created" : "signup.updated",
            ["delivery"] = $"d-{number}",
            ["signup"] = new JsonObject
            {
                ["id"] = person.Number + 1,
                ["updated_at"] = $"{Simulation.Time(number):yyyy-MM-dd'T'HH:mm:ss'Z'}",
                ["email"] = person.Email,
                ["first_name"] = person.FirstName,
                ["last_name"] = person.LastName,
            },
        };
        return System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
