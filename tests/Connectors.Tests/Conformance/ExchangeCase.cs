using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>One question to a vendor's API, the requests it takes and their answers, and what must come of it.</summary>
/// <remarks>
/// <c>ask.json</c> says what is asked: <c>{"hydrate": {"type", "id"}}</c> or <c>{"backfill": {"stream", "since", "until", "cursor"}}</c>.
/// <c>1.request.http</c> and <c>1.response.http</c>, 2, 3… are the conversation. <c>expected.json</c> holds the objects, what each of them says, and where the next page begins; or the fault.
/// </remarks>
internal sealed class ExchangeCase(VendorFolder vendor, string path)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Name => Path.GetFileName(path);

    /// <summary><c>hydrate</c>, or <c>backfill</c> and the stream.</summary>
    public string Asked => Ask["backfill"] is { } backfill ? $"backfill {backfill["stream"]}" : "hydrate";

    public string ExpectedFile => Path.Combine(path, "expected.json");

    /// <summary>Asks, and describes what came of it.</summary>
    public async Task<string> OutcomeAsync()
    {
        var source = vendor.Source();
        var access = Assert.IsAssignableFrom<IVendorObjects>(source).Api ?? throw new InvalidOperationException("The settings sample holds no key to the API.");
        using var conversation = new Conversation(path, access.Address);
        var outcome = new JsonObject();
        try
        {
            using var handler = new VendorHandler(access, new FixedTime(Now)) { InnerHandler = conversation };
            await AskAsync(source, VendorApi.Over(access, handler), outcome);
        }
        catch (VendorException exception)
        {
            outcome["fault"] = exception.Fault.ToString();
            outcome["problem"] = exception.Message;
            if (exception.RetryAfter is { } wait) outcome["retryAfterSeconds"] = wait.TotalSeconds;
        }
        conversation.RequireEnd();
        return outcome.ToJsonString(Indented) + "\n";
    }

    private async Task AskAsync(IWebhookSource source, VendorApi api, JsonObject outcome)
    {
        IReadOnlyList<VendorObject> objects;
        if (Ask["backfill"] is { } asked)
        {
            var request = new BackfillRequest((string)asked["stream"]!, Time(asked["since"]), Time(asked["until"]) ?? Now, (string?)asked["cursor"]);
            var page = await Assert.IsAssignableFrom<IBackfill>(source).ReadAsync(request, api, CancellationToken.None);
            objects = page.Objects;
            outcome["next"] = page.Next;
            if (page.Total is { } total) outcome["total"] = total;
        }
        else
        {
            objects = await Assert.IsAssignableFrom<IHydrate>(source).FetchAsync(new ObjectReference((string)Ask["hydrate"]!["type"]!, (string)Ask["hydrate"]!["id"]!), api, CancellationToken.None);
        }
        outcome["objects"] = new JsonArray([.. objects.Select(read => Describe(source, read))]);
    }

    /// <summary>What was read, as the inbox keeps it.</summary>
    public static WebhookDelivery Delivery(VendorFolder vendor, VendorObject read) => new()
    {
        Connection = SampleCase.Connection,
        Connector = vendor.Description.Key,
        Body = read.Body,
        ReceivedAt = Now,
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [WebhookDelivery.ObjectTypeHeader] = read.Reference.ObjectType,
            [WebhookDelivery.ObjectIdHeader] = read.Reference.ObjectId,
        },
    };

    private JsonObject Describe(IWebhookSource source, VendorObject read)
    {
        var delivery = Delivery(vendor, read);
        return new JsonObject
        {
            ["type"] = read.Reference.ObjectType,
            ["id"] = read.Reference.ObjectId,
            ["says"] = JsonNode.Parse(SampleCase.Describe(Normalization.Run(source, delivery), delivery)),
        };
    }

    private JObject Ask => JsonText.Read(Path.Combine(path, "ask.json"));

    private static DateTimeOffset? Time(JToken? token) => (string?)token is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public override string ToString() => $"{vendor}/{Name}";

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>JSON as it is written: texts that look like times stay texts.</summary>
internal static class JsonText
{
    public static JObject Read(string file)
    {
        using var reader = new Newtonsoft.Json.JsonTextReader(new StreamReader(file)) { DateParseHandling = Newtonsoft.Json.DateParseHandling.None };
        return JObject.Load(reader);
    }
}
