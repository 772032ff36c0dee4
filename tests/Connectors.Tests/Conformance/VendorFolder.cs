using System.Reflection;
using IntegrationHub.Connectors.Tests.Kit;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>One vendor's folder as it lies on disk: settings sample, samples, vectors.</summary>
internal sealed class VendorFolder
{
    public static readonly string Root = typeof(VendorFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ConnectorsFolder").Value ?? throw new InvalidOperationException("ConnectorsFolder is not set.");

    // What is no vendor: the kit's own folder, and what a build leaves.
    private static readonly string[] NoVendors = ["Declarative", "bin", "obj"];

    private VendorFolder(string path) => Path = path;

    public static IEnumerable<VendorFolder> All =>
        Directory.GetDirectories(Root).Where(path => !NoVendors.Contains(System.IO.Path.GetFileName(path), StringComparer.Ordinal)).Order(StringComparer.Ordinal).Select(path => new VendorFolder(path));

    public static VendorFolder Named(string name) => new(System.IO.Path.Combine(Root, name));

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public ConnectorDescription Description =>
        ConnectorCatalog.BuiltIn.All.Single(connector => string.Equals(connector.Key.Replace("-", "", StringComparison.Ordinal), Name, StringComparison.OrdinalIgnoreCase));

    public JObject Settings => JObject.Parse(System.IO.File.ReadAllText(File("settings.sample.json")));

    public IWebhookSource Source(JObject? settings = null)
    {
        var bound = Description.Bind(settings ?? Settings, out var errors);
        Assert.True(bound is not null, string.Join('\n', errors));
        return Assert.IsAssignableFrom<IWebhookSource>(Description.Create(bound));
    }

    /// <summary>The connector with every inbound secret replaced.</summary>
    public IWebhookSource SourceWithOtherSecret()
    {
        var settings = Settings;
        foreach (var secret in Description.Settings.Where(setting => setting.Name is "webhookSecret" or "webhookToken"))
            settings[secret.Name] = secret.Rules.OfType<EcdsaKeysAttribute>().Any() ? EcdsaKeyTests.Private : "another-secret-altogether";
        return Source(settings);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public IEnumerable<SampleCase> Samples => Cases("Samples");

    /// <summary>Probes as the vendor sends them, without a proof.</summary>
    public IEnumerable<SampleCase> Handshakes => Cases("Handshakes");

    /// <summary>Questions to the vendor's API, with its answers.</summary>
    public IEnumerable<ExchangeCase> Exchanges =>
        Directory.Exists(File("Exchanges")) ? Directory.GetDirectories(File("Exchanges")).Order(StringComparer.Ordinal).Select(path => new ExchangeCase(this, path)) : [];

    public ExchangeCase Exchange(string name) => new(this, System.IO.Path.Combine(File("Exchanges"), name));

    public SampleCase Sample(string name) => new(this, System.IO.Path.Combine(File("Samples"), name));

    public IEnumerable<JObject> Vectors =>
        System.IO.File.Exists(File("vectors.json")) ? JArray.Parse(System.IO.File.ReadAllText(File("vectors.json"))).Cast<JObject>() : [];

    /// <summary>Shared waivers of the leaf probe.</summary>
    public IReadOnlyList<Waiver> SharedWaivers => Waiver.Read(System.IO.Path.Combine(File("Samples"), "ignored.txt"));

    public override string ToString() => Name;

    private IEnumerable<SampleCase> Cases(string folder) =>
        Directory.Exists(File(folder))
            ? Directory.GetDirectories(File(folder)).Order(StringComparer.Ordinal).Select(path => new SampleCase(this, path))
            : [];
}
