using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>A simulated submission, written as Jotform writes it.</summary>
internal sealed class JotformSimulatedSubmission
{
    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string formId;
    private readonly string formTitle;
    private readonly string id;
    private readonly string boundary;
    private readonly JsonObject request;
    private readonly long sentAt;

    public JotformSimulatedSubmission(string formId, string formTitle, string id, int number)
    {
        (this.formId, this.formTitle, this.id) = (formId, formTitle, id);
        boundary = "------------------------" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{number}")))[..16];
        sentAt = Simulation.Time(number).ToUnixTimeMilliseconds();
        request = new JsonObject
        {
            ["slug"] = $"submit/{formId}",
            ["submitSource"] = "form",
            ["submitDate"] = $"{sentAt}",
            ["buildDate"] = $"{sentAt - 86_400_000}",
            ["uploadServerUrl"] = "https://upload.jotform.com/upload",
            ["eventObserver"] = "1",
        };
    }

    public IReadOnlyDictionary<string, string> Headers =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = $"multipart/form-data; boundary={boundary}" };

    public JotformSimulatedSubmission Add(string field, JsonNode value)
    {
        request[field] = value;
        return this;
    }

    public ReadOnlyMemory<byte> Body()
    {
        request["event_id"] = $"{sentAt - 60_000}_{formId}_{id[^7..]}";
        request["timeToSubmit"] = "60";
        request["path"] = $"/submit/{formId}";
        // PHP escapes slashes.
        var raw = request.ToJsonString(AsSent).Replace("/", @"\/", StringComparison.Ordinal);
        return MultipartForm.Write(boundary,
        [
            ("action", ""), ("webhookURL", "https://hub.example.com/webhooks/jotform/secret"), ("username", "hub_demo"), ("formID", formId), ("type", "WEB"),
            ("customParams", ""), ("product", ""), ("formTitle", formTitle), ("customTitle", ""), ("submissionID", id), ("event", ""), ("documentID", ""),
            ("teamID", ""), ("subject", ""), ("isSilent", ""), ("customBody", ""), ("rawRequest", raw), ("fromTable", ""), ("appID", ""), ("pretty", ""),
            ("unread", ""), ("parent", ""), ("ip", $"203.0.113.{id[^1]}"), ("deviceIDs", "Array"), ("trackAction", "Array"), ("customBodyParams", "Array"), ("customTitleParams", "Array"),
        ]);
    }
}
