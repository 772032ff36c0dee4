using System.Text;
using System.Text.RegularExpressions;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Hub.Configuration;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>Declarations of connectors: what is let through reads the samples of the connector that it began as.</summary>
internal sealed partial class DeclarationTarget : ITarget
{
    private const string Key = "fuzzed";

    private static readonly string Page = File.ReadAllText(Path.Combine(VendorFolder.Root, "..", "..", "docs", "declarative-connectors.md"));

    private readonly ScratchFile file = new();
    private readonly Dictionary<string, Example> examples = Examples().ToDictionary(example => example.Name, StringComparer.Ordinal);

    public DeclarationTarget() => Seeds = [.. examples.Values.Select(example => new FuzzInput(example.Name, "", [], Encoding.UTF8.GetBytes(example.Text)))];

    public string Name => "declarations";

    public IReadOnlyList<FuzzInput> Seeds { get; }

    public ValueTask<Outcome> RunAsync(FuzzInput input) => ValueTask.FromResult(Effort.Measure(input, () => Try(input)));

    public async ValueTask<Finding?> RunAloneAsync(IReadOnlyList<FuzzInput> inputs) => (await RunAsync(inputs[0])).Finding;

    public ValueTask<IReadOnlyList<Caught>> SettleAsync() => ValueTask.FromResult<IReadOnlyList<Caught>>([]);

    public ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private Outcome Try(FuzzInput input)
    {
        var files = new ConfigurationFiles(new FileText.Read("""{"connections": {}}"""), [new DeclarationFile($"/etc/hub/connectors/{Key}{Declaration.FileSuffix}", file.Read(input.Body))]);
        var result = new ConfigurationLoader(ConnectorCatalog.BuiltIn, LoadRules.Environment).Load("/etc/hub/connectors.json", files, before: null);
        List<string> features = [.. LoadRules.Features(result)];
        if (LoadRules.Broken(result, input) is { } broken) return Outcome.Broken(broken);
        if (result is not LoadResult.Loaded loaded) return new Outcome(features, null);
        return loaded.Configuration.Catalog.Find(Key) is { } connector ? Use(connector, examples[input.Subject], features) : Outcome.Broken(new Finding("a sound declaration is not in the catalog", ""));
    }

    private static Outcome Use(ConnectorDescription connector, Example example, List<string> features)
    {
        features.Add("loaded");
        if (connector.Bind(Settings(connector, example.Settings), out _) is not { } settings) return new Outcome([.. features, "settings refused"], null);
        var source = (IWebhookSource)connector.Create(settings);
        foreach (var body in example.Bodies)
        {
            var request = new WebhookRequest { Method = "POST", Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = body is [(byte)'{', ..] ? "application/json" : "application/x-www-form-urlencoded" }, Body = body, ReceivedAt = RecordedExchange.Now };
            if (WebhookRules.Broken(source, WebhookRules.Signed(source, request), features) is { } refused) return Outcome.Broken(refused);
            var delivery = new WebhookDelivery { Connection = "sample", Connector = Key, Body = body, Headers = WebhookDelivery.Kept(source, request), ReceivedAt = request.ReceivedAt };
            var outcome = Normalization.Run(source, delivery);
            features.AddRange(EventRules.Features(outcome));
            if (EventRules.Broken(outcome, delivery) is { } broken) return Outcome.Broken(broken);
        }
        if (connector.Simulator is { } simulator) features.Add($"simulates {simulator.Connector == Key}");
        return new Outcome(features, null);
    }

    // A declaration that has changed wants other settings: those that it still has, and the secret.
    private static JObject Settings(ConnectorDescription connector, JObject sample)
    {
        var settings = new JObject();
        foreach (var setting in connector.Settings)
        {
            if (sample[setting.Name] is { } given) settings[setting.Name] = given.DeepClone();
            else if (setting.Name is "webhookSecret" or "webhookToken") settings[setting.Name] = "secret";
        }
        return settings;
    }

    private static IEnumerable<Example> Examples()
    {
        foreach (var vendor in VendorFolder.All.Where(vendor => Directory.GetFiles(vendor.Path, "*" + Declaration.FileSuffix).Length > 0))
            yield return new Example(vendor.Name, File.ReadAllText(Directory.GetFiles(vendor.Path, "*" + Declaration.FileSuffix)[0]), vendor.Settings, [.. vendor.Samples.Select(sample => sample.Body)]);
        var body = Encoding.UTF8.GetBytes(Block("body"));
        yield return new Example("Paperboat", Block("declaration"), [], [body]);
        yield return new Example("Expressions", $$$"""
            {"name": "Acme", "category": "forms", "verify": {"hmac": {"header": "X-Acme"}}, "topic": "shown", "topics": {"shown": {"event": "ContactObserved", "key": "shown", "source": {"objectType": "x", "objectId": "1"},
              "person": {"custom": { {{{string.Join(",\n    ", Expressions().Select((expression, number) => $"\"e{number}\": {expression}"))}}} } } } } }
            """, [], [body]);
    }

    private static IEnumerable<string> Expressions() => Row().Matches(Page[Page.IndexOf("<!-- expressions -->", StringComparison.Ordinal)..]).Select(row => row.Groups["expression"].Value);

    private static string Block(string name) => Regex.Match(Page, $"<!-- {name} -->\\s*```json\\n(?<text>.*?)```", RegexOptions.Singleline).Groups["text"].Value;

    [GeneratedRegex(@"^\| `(?<expression>[^`]+)` \| (`[^`]+`|unknown) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Row();

    /// <summary>A declaration with settings and bodies that it can be used with.</summary>
    private sealed record Example(string Name, string Text, JObject Settings, IReadOnlyList<byte[]> Bodies);
}
