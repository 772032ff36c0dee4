using System.Text;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace IntegrationHub.Connectors.Tests.Declarative;

/// <summary>Whatever stands in a declaration or a body, nothing is thrown but what is declared.</summary>
public sealed class DeclarationPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        "", " ", "$", "$.", "$.a", "$..a", "$[*]", "$[0]", "$[-1]", "$[99999999999]", "$[?(@.a==1)]", "$[?(@.a=~/(a+)+$/)]", "$[?(", "$['a", "$.a[?(@.b", "$[1:2:0]", "$[::]", "$...", "$.a b", "@", "@.a", "@key", "@x",
        "{$}", "{$.a}", "{$.a", "{@}", "{$email}", "$email", "lower", "required", "hmac", "{body}", "{body}{body}", "FormSubmitted", "OrderPlaced", "granted", "(a+)+$", "((", "yyyy", "%", "'", "UTC", "2026-11-20T18:00:00Z", "ÿ\ud83d\ude00",
    ];

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var vendor in new[] { "Unbounce", "Beacon", "ConvertFlow" }) rows.Add(vendor, 20261122);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Garbled_declaration_is_refused_with_its_errors_or_can_be_run(string vendor, int seed)
    {
        var folder = VendorFolder.Named(vendor);
        var file = Directory.GetFiles(folder.Path, "*" + Declaration.FileSuffix).Single();
        var text = File.ReadAllText(file);
        var bodies = folder.Samples.ToList();
        var random = new Random(seed);
        var (refused, run) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var document = Declared.Document(text);
            for (var changes = random.Next(1, 4); changes > 0; changes--) Garble(document, random);
            var declaration = Declaration.Read(file, document, out var errors);
            Assert.Equal(declaration is null, errors.Count > 0);
            Assert.All(errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Problem) || error.Problem.Contains('\n', StringComparison.Ordinal)));
            if (declaration is null) refused++;
            else if (TryRun(declaration, folder, bodies[random.Next(bodies.Count)])) run++;
        }
        output.WriteLine($"seed {seed}: {refused} refused, {run} run");
        Assert.True(refused > 100 && run > 20, $"seed {seed}: {refused} refused, {run} run");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Garbled_body_is_told_or_refused_with_its_place(string vendor, int seed)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        var random = new Random(seed);
        var (told, invalid) = (0, 0);
        foreach (var sample in folder.Samples.Where(sample => sample.IsJson))
        {
            for (var round = 0; round < 200; round++)
            {
                var body = new JObject { ["all"] = JToken.Parse(Encoding.UTF8.GetString(sample.Body)) };
                for (var changes = random.Next(1, 5); changes > 0; changes--) Garble(body, random);
                if (Run(source, sample.Delivery(source, Encoding.UTF8.GetBytes((body["all"] ?? body).ToString(Formatting.None)))) is Normalization.Invalid) invalid++;
                else told++;
            }
        }
        output.WriteLine($"seed {seed}: {told} told, {invalid} invalid");
        Assert.True(told > 50 && invalid > 50, $"seed {seed}: {told} told, {invalid} invalid");
    }

    private static bool TryRun(Declaration declaration, VendorFolder folder, SampleCase sample)
    {
        // The same key as the declaration that comes with the hub, in a catalog of its own.
        var connector = new ConnectorCatalog(typeof(JObject).Assembly).With([declaration]).Find(declaration.Key)!;
        if (connector.Bind(folder.Settings, out _) is not { } settings) return false;
        var source = (IWebhookSource)connector.Create(settings);
        source.DeliveryId(sample.Request);
        source.Verify(sample.Request);
        Run(source, sample.Delivery(source));
        foreach (var made in connector.Simulator?.Deliveries(new Simulation(1, 4, 2)) ?? []) Assert.NotEmpty(made.Headers);
        return true;
    }

    private static Normalization Run(IWebhookSource source, WebhookDelivery delivery)
    {
        var outcome = Normalization.Run(source, delivery);
        if (outcome is Normalization.Events events) Assert.All(delivery.Stamp(events.Facts), contactEvent => ContractJson.Serialize(contactEvent));
        if (outcome is Normalization.Invalid invalid) Assert.False(string.IsNullOrEmpty(invalid.Path) || string.IsNullOrEmpty(invalid.Problem));
        return outcome;
    }

    private static void Garble(JObject root, Random random)
    {
        var tokens = root.DescendantsAndSelf().Where(token => token is not JProperty && token.Parent is not null).ToList();
        if (tokens.Count == 0) return;
        var chosen = tokens[random.Next(tokens.Count)];
        if (random.Next(5) == 0 && chosen.Parent is JProperty { Parent: JObject holder } member)
        {
            var name = random.Next(2) == 0 ? member.Name + "x" : Texts[random.Next(Texts.Length)];
            if (random.Next(3) == 0) member.Remove();
            else if (!holder.ContainsKey(name)) member.Replace(new JProperty(name, member.Value));
        }
        else chosen.Replace(Garbage(random, tokens[random.Next(tokens.Count)]));
    }

    private static JToken Garbage(Random random, JToken other) => random.Next(9) switch
    {
        0 => JValue.CreateNull(),
        1 => new JValue(random.Next(-2, 4)),
        2 => new JValue(random.NextDouble() * 1e30),
        3 => new JValue(random.Next(2) == 0),
        4 => new JArray(),
        5 => new JObject(),
        6 => new JArray(other.DeepClone()),
        7 => other.DeepClone(),
        _ => new JValue(Texts[random.Next(Texts.Length)]),
    };
}
