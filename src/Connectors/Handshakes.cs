using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>Answers to the probes that vendors send before they send events.</summary>
public static class Handshakes
{
    /// <summary>200 with an empty body to GET and HEAD; null for any other method.</summary>
    public static Verification? AnswerProbe(WebhookRequest request) =>
        request.Method is "GET" or "HEAD" ? new Verification.Handshake(new WebhookReply()) : null;

    /// <summary>200 with an empty body to a POST whose form is this one field with a whole number and nothing else; null for any other request.</summary>
    /// <remarks>Only for vendors that send such a ping, unsigned, before they send events.</remarks>
    public static Verification? AnswerFormPing(WebhookRequest request, string field)
    {
        var mediaType = request.Header("Content-Type")?.Split(';')[0].Trim();
        if (request.Method is not "POST" || !string.Equals(mediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return null;
        var before = Encoding.UTF8.GetBytes($"{field}=");
        if (!request.Body.Span.StartsWith(before)) return null;
        var number = request.Body.Span[before.Length..];
        return number.Length is > 0 and <= 19 && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? new Verification.Handshake(new WebhookReply()) : null;
    }

    /// <summary>Sends back the query parameter of this name as text, to a GET that carries it; null for any other request.</summary>
    public static Verification? EchoQuery(WebhookRequest request, string parameter)
    {
        if (request.Method is not "GET") return null;
        foreach (var pair in request.Query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || Uri.UnescapeDataString(pair[..equals]) != parameter) continue;
            return new Verification.Handshake(WebhookReply.Text(Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '))));
        }
        return null;
    }

    /// <summary>Sends back the text member of this name from a JSON body, to a POST that carries it; null for any other request.</summary>
    /// <remarks>Only for vendors that prove themselves in no way while they set a webhook up; what is echoed is limited to 1,024 characters.</remarks>
    public static Verification? EchoMember(WebhookRequest request, string member) =>
        request.Method is "POST" && JsonPeek.Text(request.Body.Span, member) is { Length: <= 1024 } challenge
            ? new Verification.Handshake(WebhookReply.Text(challenge))
            : null;
}
