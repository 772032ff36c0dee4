using IntegrationHub.Connectors;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>What must hold for whatever comes to a connection's address: nothing throws, and every answer is one that a server can give.</summary>
internal static class WebhookRules
{
    private static readonly WebhookOutcome[] Outcomes = Enum.GetValues<WebhookOutcome>();

    /// <summary>The request with the proof that the vendor would put on it; as it is where it can't be signed.</summary>
    public static WebhookRequest Signed(IWebhookSource source, WebhookRequest request)
    {
        if (!source.Authentication.CanSign) return request;
        try
        {
            return source.Authentication.Sign(request);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Simulators and tests sign, and only what is whole.
            return request;
        }
    }

    /// <summary>The rule that a connector breaks with a request; null when it keeps all.</summary>
    public static Finding? Broken(IWebhookSource source, WebhookRequest request, List<string> features)
    {
        var verification = source.Verify(request);
        features.Add(verification switch
        {
            Verification.Rejected rejected => $"rejected {EventRules.Blank(rejected.Reason)}",
            Verification.Handshake handshake => $"handshake {handshake.Reply.StatusCode}",
            _ => "accepted",
        });
        _ = source.DeliveryId(request);
        _ = source.ReplayName(request);
        _ = source.RequestsPerMinute(request);
        var replies = Outcomes.Select(outcome => source.Answer(outcome, request)).Append((verification as Verification.Handshake)?.Reply).OfType<WebhookReply>();
        var headers = replies.SelectMany(reply => reply.Headers.Append(KeyValuePair.Create("Content-Type", reply.ContentType ?? ""))).Concat(source.AnswerHeaders(request));
        return headers.Where(header => !IsSendable(header.Value) || header.Key.Length == 0)
            .Select(header => new Finding($"answers with a header {header.Key} that can't be sent", header.Value)).FirstOrDefault();
    }

    private static bool IsSendable(string value) => value.All(letter => letter is >= ' ' and <= '~' or '\t');
}
