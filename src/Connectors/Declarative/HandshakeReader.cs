using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads how a vendor's probes are answered before it sends events.</summary>
internal static class HandshakeReader
{
    /// <summary>The answers there are.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, Func<WebhookRequest, Verification?>>> Kinds =
        new Dictionary<string, Func<string, Func<WebhookRequest, Verification?>>>(StringComparer.Ordinal)
        {
            ["probe"] = _ => Handshakes.AnswerProbe,
            ["echoQuery"] = parameter => request => Handshakes.EchoQuery(request, parameter),
            ["echoMember"] = member => request => Handshakes.EchoMember(request, member),
        };

    /// <summary>The answers, to be tried one after the other.</summary>
    public static IReadOnlyList<Func<WebhookRequest, Verification?>> Read(JToken? token, DeclarationErrors errors)
    {
        if (token is null) return [];
        List<Func<WebhookRequest, Verification?>> answers = [];
        foreach (var item in token is JArray list ? list : [token])
        {
            if (item is JValue { Value: "probe" }) answers.Add(Handshakes.AnswerProbe);
            else if (item is JObject body && errors.One(body, ["echoQuery", "echoMember"], "a handshake") is { } kind && errors.Text(kind.Value) is { } name)
            {
                errors.RequireKnown(body, kind.Name);
                answers.Add(Kinds[kind.Name](name));
            }
            else if (item is not JObject) errors.Add(item, """is not a handshake; write "probe", {"echoQuery": "…"} or {"echoMember": "…"}""");
        }
        return answers;
    }
}
