using System.Globalization;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Tests;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>A running hub with a connection for each connector, over the wire: its API, and webhooks that are mostly signed.</summary>
internal sealed class ApiTarget : ITarget
{
    private readonly TestHub hub;
    private readonly RawExchange wire;
    private readonly string key;
    private readonly IReadOnlyList<string> contacts;
    private readonly Dictionary<long, FuzzInput> accepted = [];
    private long settled;

    private ApiTarget(TestHub hub, string key, IReadOnlyList<string> contacts)
    {
        (this.hub, this.key, this.contacts) = (hub, key, contacts);
        wire = new RawExchange(hub.Http.BaseAddress!);
        Seeds = [.. ApiSeeds.Of(hub)];
        settled = hub.Inbox.List(null, null, 1, null)[0].Id;
    }

    public string Name => "api";

    public IReadOnlyList<FuzzInput> Seeds { get; }

    public static async Task<ApiTarget> StartAsync()
    {
        var hub = await TestHub.StartAsync(TestHub.ConnectionsOf(ConnectorCatalog.BuiltIn.All.Select(connector => connector.Key)));
        await hub.SimulateAsync(hub.Plan(count: 120, people: 12, seed: 5));
        // A key that a person chose is held back where many wrong ones come from.
        var key = (await hub.MakeKeyAsync("fuzzing", "admin")).GetProperty("key").GetString()!;
        return new ApiTarget(hub, key, [.. (await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray().Select(contact => contact.GetProperty("id").GetString()!)]);
    }

    public async ValueTask<Outcome> RunAsync(FuzzInput input)
    {
        var (line, headers) = Addressed(input);
        var answer = await wire.SendAsync(line, headers, Encoding.Latin1.GetBytes(Filled(Encoding.Latin1.GetString(input.Body), input)));
        if (ApiRules.Broken(answer, line, [key, TestHub.Key]) is { } broken) return Outcome.Broken(broken);
        var json = answer.MediaType.EndsWith("json", StringComparison.Ordinal) ? answer.Json() : null;
        if (answer.Status == 200 && json is { ValueKind: System.Text.Json.JsonValueKind.Object } told && told.TryGetProperty("status", out var status) && status.ValueEquals("accepted"))
            accepted[long.Parse(told.GetProperty("id").GetString()!, CultureInfo.InvariantCulture)] = input;
        var detail = json is { ValueKind: System.Text.Json.JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var said) ? EventRules.Blank(said.GetString() ?? "") : "";
        return new Outcome([$"{line.Split(' ')[0]} {answer.Status} {detail[..Math.Min(detail.Length, 30)]}"], null);
    }

    public async ValueTask<Finding?> RunAloneAsync(IReadOnlyList<FuzzInput> inputs)
    {
        foreach (var input in inputs)
        {
            if ((await RunAsync(input)).Finding is { } finding) return finding;
        }
        return (await SettleAsync()).Select(caught => caught.Finding).FirstOrDefault();
    }

    public async ValueTask<IReadOnlyList<Caught>> SettleAsync()
    {
        await hub.SettleAsync();
        List<Caught> caught = [];
        foreach (var delivery in hub.Inbox.List(DeliveryStatus.Quarantined, null, 500, null).Where(delivery => delivery.Id > settled && delivery.Reason is { } reason && IsFault(reason)))
            caught.Add(new Caught(new Finding($"{delivery.Connection} {EventRules.Blank(delivery.Reason!)}", delivery.Reason!), accepted.TryGetValue(delivery.Id, out var input) ? [input] : []));
        settled = hub.Inbox.List(null, null, 1, null)[0].Id;
        accepted.Clear();
        var ready = await wire.SendAsync("GET /health/ready", [], []);
        if (ready.Status != 200) caught.Add(new Caught(new Finding("the hub is not ready any more", ready.Text), []));
        return caught;
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private static bool IsFault(string reason) => reason.Contains("made the connector fail", StringComparison.Ordinal) || reason.Contains("could not be", StringComparison.Ordinal);

    private (string Line, IReadOnlyList<KeyValuePair<string, string>> Headers) Addressed(FuzzInput input)
    {
        List<KeyValuePair<string, string>> headers = [.. input.Headers.Select(header => KeyValuePair.Create(header.Key, Filled(header.Value, input)))];
        var line = Filled(input.Address, input);
        if (!input.Subject.StartsWith(ApiSeeds.Webhook, StringComparison.Ordinal) || input.Size % 8 == 0) return (line, headers);
        var name = input.Subject[ApiSeeds.Webhook.Length..];
        var target = line.Contains(' ', StringComparison.Ordinal) ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line;
        var query = target.Contains('?', StringComparison.Ordinal) ? target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        var request = new WebhookRequest { Method = "POST", Query = query, Url = Uri.TryCreate(TestHub.PublicUrl.OriginalString.TrimEnd('/') + target, UriKind.Absolute, out var url) ? url : null, Headers = input.HeaderTable(), Body = input.Body, ReceivedAt = TimeProvider.System.GetUtcNow() };
        var signed = WebhookRules.Signed(hub.Configuration.Connections[name].Source!, request);
        headers.RemoveAll(header => signed.Headers.TryGetValue(header.Key, out var value) && value != header.Value);
        headers.AddRange(signed.Headers.Where(header => !request.Headers.TryGetValue(header.Key, out var before) || before != header.Value));
        return (signed.PathToken is { } token ? line.Replace($"/webhooks/{name}", $"/webhooks/{name}/{token}", StringComparison.Ordinal) : line, headers);
    }

    // The same input asks for the same contact, as long as the hub is the same.
    private string Filled(string text, FuzzInput input) => text
        .Replace(ApiSeeds.Contact, contacts.Count == 0 ? "" : contacts[input.Size % contacts.Count], StringComparison.Ordinal)
        .Replace(ApiSeeds.Key, key, StringComparison.Ordinal);
}
