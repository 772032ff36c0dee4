using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A delivery that the simulator makes up: a body in which <c>{email}</c>, <c>{time}</c> and the like stand for what changes.</summary>
internal sealed record SimulatedBody(IReadOnlyDictionary<string, string> Headers, JToken Body)
{
    /// <summary>Reads the list of a declaration.</summary>
    public static IReadOnlyList<SimulatedBody> Read(JToken? token, BodyFormat format, DeclarationErrors errors)
    {
        if (token is null) return [];
        if (token is JArray { Count: > 0 } list) return [.. list.Select(errors.Object).OfType<JObject>().Select(body => Read(body, format, errors)).OfType<SimulatedBody>()];
        errors.Add(token, "is not a list of deliveries");
        return [];
    }

    private static SimulatedBody? Read(JObject delivery, BodyFormat format, DeclarationErrors errors)
    {
        errors.RequireKnown(delivery, "headers", "body");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = format.ContentType };
        foreach (var header in errors.Object(delivery["headers"])?.Properties() ?? [])
        {
            if (errors.Text(header.Value) is { } text) headers[header.Name] = text;
        }
        if (delivery["body"] is not { } body)
        {
            errors.Missing(delivery, "body");
            return null;
        }
        if (body is not (JObject or JArray) || (body is JArray && format.WritesForm(headers["Content-Type"]))) errors.Add(body, "is not an object");
        foreach (var text in Texts(body).Concat(Texts(delivery["headers"] ?? new JObject()))) Placeholders.Check(text, errors);
        return new SimulatedBody(headers, body);
    }

    private static IEnumerable<JValue> Texts(JToken token) => (token as JContainer)?.Descendants().OfType<JValue>().Where(value => value.Value is string) ?? [];
}
