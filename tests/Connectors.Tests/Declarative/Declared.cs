using System.Text;
using IntegrationHub.Connectors.Declarative;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Declarative;

/// <summary>Reads declarations that stand in tests, and runs them.</summary>
internal static class Declared
{
    public const string File = "acme.connector.json";

    public static readonly DateTimeOffset Arrival = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The document with the lines of its tokens.</summary>
    public static JObject Document(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
        return JObject.Load(reader);
    }

    public static Declaration Read(string text, string file = File)
    {
        var declaration = Declaration.Read(file, Document(text), out var errors);
        Assert.Equal([], errors.Select(error => $"{error.Line}: {error.Path}: {error.Problem}"));
        return Assert.IsType<Declaration>(declaration);
    }

    /// <summary>What is wrong, one error a line.</summary>
    public static string Errors(string text, string file = File)
    {
        Assert.Null(Declaration.Read(file, Document(text), out var errors));
        return string.Join('\n', errors.Select(error => $"{error.Line}: {error.Path}: {error.Problem}"));
    }

    public static IWebhookSource Source(string text, string settings = """{"webhookSecret": "s"}""") => Source(Read(text), settings);

    public static IWebhookSource Source(Declaration declaration, string settings)
    {
        var connector = ConnectorCatalog.BuiltIn.With([declaration]).Find(declaration.Key);
        Assert.NotNull(connector);
        var bound = connector.Bind(Document(settings), out var errors);
        Assert.Equal([], errors);
        return Assert.IsAssignableFrom<IWebhookSource>(connector.Create(bound!));
    }

    public static WebhookDelivery Delivery(string body, string contentType = "application/json", params (string Name, string Value)[] headers) => new()
    {
        Connection = "acme",
        Connector = "acme",
        Headers = headers.Append(("Content-Type", contentType)).ToDictionary(header => header.Item1, header => header.Item2, StringComparer.OrdinalIgnoreCase),
        Body = Encoding.UTF8.GetBytes(body),
        ReceivedAt = Arrival,
    };

    /// <summary>A declaration whose one event shows what expressions give, as custom attributes.</summary>
    public static string Showing(string expressions, string further = "") => $$"""
        {
          "name": "Acme", "category": "forms", "verify": {"hmac": {"header": "X-Acme"} }, {{further}} "topic": "shown",
          "topics": {"shown": {"event": "ContactObserved", "key": "shown", "source": {"objectType": "x", "objectId": "1"}, "person": {"custom": {{expressions}} } } }
        }
        """;

    /// <summary>What an expression gives: several texts are joined by ", "; null when it is unknown.</summary>
    public static string? Give(string expression, string body, string further = "", string settings = """{"webhookSecret": "s"}""", params (string Name, string Value)[] headers)
    {
        var normalization = Normalization.Run(Source(Showing($$"""{"it": {{expression}} }""", further), settings), Delivery(body, headers: headers));
        if (normalization is Normalization.Invalid invalid) return $"{invalid.Path} {invalid.Problem}";
        return Assert.IsType<Normalization.Events>(normalization).Facts.Single().Event.Person.Custom.GetValueOrDefault("it");
    }
}
