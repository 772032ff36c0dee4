using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads how a vendor's probes are answered before it sends events.</summary>
internal static class HandshakeReader
{
    /// <summary>The answers, to be tried one after the other.</summary>
    public static IReadOnlyList<Func<WebhookRequest, Verification?>> Read(JToken? token, DeclarationErrors errors)
    {
        List<Func<WebhookRequest, Verification?>> answers = [];
        foreach (var item in DeclarationErrors.Several(token))
        {
            if (item is JValue { Value: "probe" }) answers.Add(Handshakes.AnswerProbe);
            else if (item is JObject body && errors.One(body, ["echoQuery", "echoMember"], "a handshake") is { } kind && errors.Text(kind.Value) is { } name)
            {
                errors.RequireKnown(body, kind.Name);
                answers.Add(kind.Name == "echoQuery" ? request => Handshakes.EchoQuery(request, name) : request => Handshakes.EchoMember(request, name));
            }
            else if (item is not JObject) errors.Add(item, """is not a handshake; write "probe", {"echoQuery": "…"} or {"echoMember": "…"}""");
        }
        return answers;
    }
}
