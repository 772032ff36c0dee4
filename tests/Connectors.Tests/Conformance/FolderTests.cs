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
    public void Class_or_declaration_of_the_connector_lies_in_its_folder(string vendor)
    {
        var description = VendorFolder.Named(vendor).Description;
        if (description is WrittenConnector written) Assert.Equal($"IntegrationHub.Connectors.{vendor}", written.Type.Namespace);
        else Assert.Equal($"{vendor}/{description.Key}.connector.json", description.Origin);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Readme_has_the_fixed_headings(string vendor)
    {
        var headings = Regex.Matches(File.ReadAllText(VendorFolder.Named(vendor).File("README.md")), "^## (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value.Trim());
        Assert.Equal(Headings, headings);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Readme_gives_the_scripts_of_the_folder_as_they_are(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var readme = File.ReadAllText(folder.File("README.md"));
        Assert.All(Directory.GetFiles(folder.Path, "*.gs"), script => Assert.Contains(File.ReadAllText(script), readme, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Settings_sample_is_valid_and_shows_every_setting(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        folder.Source();
        var names = folder.Description.Settings.Select(setting => setting.Name);
        Assert.Equal(names.Order(StringComparer.Ordinal), folder.Settings.Properties().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Connector_without_its_secret_is_not_created(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var settings = folder.Settings;
        var name = folder.Description.Settings.Single(setting => setting is { IsRequired: true, Name: "webhookSecret" or "webhookToken" }).Name;
        Assert.True(settings.Remove(name));
        Assert.Null(folder.Description.Bind(settings, out var errors));
        Assert.Contains(errors, error => error.Path == name);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void There_are_three_samples_and_one_for_every_topic(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        var samples = folder.Samples.Where(sample => !sample.IsObject).ToList();
        Assert.True(samples.Count >= 3, $"{vendor} has {samples.Count} samples.");
        var shown = samples.Select(sample => source.Topic(sample.Delivery(source))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], source.Topics.Understood.Where(topic => !shown.Contains(topic)));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Api_is_shown_by_exchanges(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var asked = folder.Exchanges.Select(exchange => exchange.Asked).ToHashSet(StringComparer.Ordinal);
        if (folder.Source() is IHydrate) Assert.Contains("hydrate", asked);
        if (folder.Source() is IBackfill history) Assert.Equal([], history.Streams.Where(stream => !asked.Contains($"backfill {stream}")));
        if (folder.Source() is IVendorObjects objects) Assert.NotNull(objects.Api);
        else Assert.Empty(asked);
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public async Task Simulated_deliveries_are_accepted_normalized_and_repeatable(string vendor)
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
            var request = new WebhookRequest { Method = "POST", Url = SampleCase.UsualAddress, Query = delivery.Query, Headers = delivery.Headers, Body = delivery.Body, ReceivedAt = Simulation.Start };
            Assert.IsType<Verification.Accepted>(source.Verify(source.Authentication.Sign(request)));
            Assert.True(ids.Add(source.DeliveryId(request) ?? Convert.ToBase64String(delivery.Body.Span)), "Two simulated deliveries have one id.");
            var received = new WebhookDelivery { Connection = SampleCase.Connection, Connector = folder.Description.Key, Headers = WebhookDelivery.Kept(source, request), Body = delivery.Body, ReceivedAt = Simulation.Start };
            RequireFacts(received, Normalization.Run(source, received), out var toFetch);
            foreach (var reference in toFetch) await RequireFactsAsync(folder, source, Assert.IsAssignableFrom<IApiSimulator>(simulator), simulation, reference);
        }
    }

    private static void RequireFacts(WebhookDelivery delivery, Normalization normalization, out IReadOnlyList<ObjectReference> toFetch)
    {
        toFetch = (normalization as Normalization.NeedsHydration)?.References ?? [];
        if (toFetch.Count > 0) return;
        var events = Assert.IsType<Normalization.Events>(normalization);
        Assert.All(delivery.Stamp(events.Facts), fact => Assert.Equal(Contracts.TimeBasis.Vendor, fact.TimeBasis));
        toFetch = events.ToFetch;
    }

    private static async Task RequireFactsAsync(VendorFolder folder, IWebhookSource source, IApiSimulator simulator, Simulation simulation, ObjectReference reference)
    {
        var access = Assert.IsAssignableFrom<IVendorObjects>(source).Api!;
        using var handler = new VendorHandler(access, TimeProvider.System) { InnerHandler = new PlayedApi(simulator, simulation, access.Address) };
        var objects = await Assert.IsAssignableFrom<IHydrate>(source).FetchAsync(reference, VendorApi.Over(access, handler), CancellationToken.None);
        Assert.NotEmpty(objects);
        foreach (var read in objects)
        {
            var delivery = ExchangeCase.Delivery(folder, read);
            Assert.IsNotType<Normalization.Invalid>(Normalization.Run(source, delivery));
        }
    }

    private sealed class PlayedApi(IApiSimulator simulator, Simulation simulation, Uri address) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath[address.AbsolutePath.TrimEnd('/').Length..]);
            var parameters = System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query);
            var query = parameters.AllKeys.OfType<string>().ToDictionary(name => name, name => parameters.GetValues(name)![^1], StringComparer.Ordinal);
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var answer = simulator.Answer(simulation, new SimulatedCall(request.Method.Method, path, query, body));
            return new HttpResponseMessage((System.Net.HttpStatusCode)answer.Status) { Content = new StringContent(answer.Json, System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
