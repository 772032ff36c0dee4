using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Tests.Conformance;

public sealed class FolderTests
{
    private static readonly string[] Headings = ["Set-up", "Signature", "Events", "Identity", "Rate limits", "Known quirks", "Sources"];

    [Fact]
    public void Every_connector_has_its_folder()
    {
        var folders = VendorFolder.All.Select(vendor => vendor.Name.ToLowerInvariant());
        var keys = ConnectorCatalog.BuiltIn.All.Select(connector => connector.Key.Replace("-", "", StringComparison.Ordinal));
        Assert.Equal(keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Namespace_of_the_connector_is_its_folder(string vendor) =>
        Assert.Equal($"IntegrationHub.Connectors.{vendor}", VendorFolder.Named(vendor).Description.Type.Namespace);

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Readme_has_the_fixed_headings(string vendor)
    {
        var headings = Regex.Matches(File.ReadAllText(VendorFolder.Named(vendor).File("README.md")), "^## (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value.Trim());
        Assert.Equal(Headings, headings);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Settings_sample_is_valid_and_shows_every_setting(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        folder.Source();
        var names = SettingsBinder.Properties(folder.Description.SettingsType).Select(SettingsBinder.NameOf);
        Assert.Equal(names.Order(StringComparer.Ordinal), folder.Settings.Properties().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Connector_without_its_secret_is_not_created(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var settings = folder.Settings;
        var secret = settings.Properties().Single(member => member.Name is "webhookSecret" or "webhookToken");
        secret.Remove();
        Assert.Null(folder.Description.Bind(settings, out var errors));
        Assert.Contains(errors, error => error.Path == secret.Name);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void There_are_three_samples_and_one_for_every_topic(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        var samples = folder.Samples.ToList();
        Assert.True(samples.Count >= 3, $"{vendor} has {samples.Count} samples.");
        var shown = samples.Select(sample => source.Topic(sample.Delivery(source))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], source.Topics.Understood.Where(topic => !shown.Contains(topic)));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Simulated_deliveries_are_accepted_normalized_and_repeatable(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        var simulator = ConnectorCatalog.BuiltIn.Simulator(folder.Description.Key);
        Assert.NotNull(simulator);
        var simulation = new Simulation(seed: 7, count: 500, people: 60);
        var deliveries = simulator.Deliveries(simulation).ToList();
        Assert.Equal(simulation.Count, deliveries.Count);
        Assert.Equal(deliveries.Select(delivery => delivery.Body.ToArray()), simulator.Deliveries(simulation).Select(delivery => delivery.Body.ToArray()));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var delivery in deliveries)
        {
            var request = new WebhookRequest { Method = "POST", Headers = delivery.Headers, Body = delivery.Body, ReceivedAt = Simulation.Start };
            Assert.IsType<Verification.Accepted>(source.Verify(source.Authentication.Sign(request)));
            Assert.True(ids.Add(source.DeliveryId(request) ?? Convert.ToBase64String(delivery.Body.Span)), "Two simulated deliveries have one id.");
            var received = new WebhookDelivery { Connection = SampleCase.Connection, Connector = folder.Description.Key, Headers = delivery.Headers, Body = delivery.Body, ReceivedAt = Simulation.Start };
            var events = Assert.IsType<Normalization.Events>(Normalization.Run(source, received));
            Assert.All(received.Stamp(events.Facts), fact => Assert.Equal(Contracts.TimeBasis.Vendor, fact.TimeBasis));
        }
    }
}
