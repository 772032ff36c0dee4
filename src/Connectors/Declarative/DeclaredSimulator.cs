using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Plays the vendor with the deliveries that its declaration makes up: each person sends each of them in turn.</summary>
internal sealed class DeclaredSimulator(Declaration declaration) : IWebhookSimulator
{
    private static readonly Guid Ids = new("b0a5c2f4-9d0e-5d3b-8f53-6a1f0a6f2d77");

    public string Connector => declaration.Key;

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var salt = simulation.Random(Connector).NextInt64();
        for (var number = 0; number < simulation.Count; number++)
        {
            var chosen = declaration.Rules.Simulated[number / simulation.People % declaration.Rules.Simulated.Count];
            var id = EventIds.Version5(Ids, string.Create(CultureInfo.InvariantCulture, $"{salt}/{number}"));
            yield return Fill(chosen, new Placeholders(simulation.Person(number % simulation.People), number, Simulation.Time(number), id));
        }
    }

    private SimulatedDelivery Fill(SimulatedBody delivery, Placeholders placeholders)
    {
        var headers = delivery.Headers.ToDictionary(header => header.Key, header => placeholders.Fill(header.Value), StringComparer.OrdinalIgnoreCase);
        var body = placeholders.Fill(delivery.Body);
        var text = declaration.Rules.Format.WritesForm(headers["Content-Type"]) && body is JObject form ? Form(form) : body.ToString(Formatting.None);
        return new SimulatedDelivery { Headers = headers, Body = Encoding.UTF8.GetBytes(text) };
    }

    private static string Form(JObject form) =>
        string.Join('&', form.Properties().Select(field => $"{Escape(field.Name)}={Escape(field.Value is JContainer ? field.Value.ToString(Formatting.None) : (string?)field.Value ?? "")}"));

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
