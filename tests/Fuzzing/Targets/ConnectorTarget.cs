using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Contracts;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>One connector: webhooks are verified and read, answers of the vendor's API are read, and what comes of both is merged.</summary>
internal sealed class ConnectorTarget : ITarget
{
    private readonly VendorFolder vendor;
    private readonly IWebhookSource source;
    private readonly Dictionary<string, SampleCase> samples;
    private readonly Dictionary<string, RecordedExchange> exchanges;
    private readonly MergeBench bench = new();
    private readonly MergeBench alone = new();

    public ConnectorTarget(VendorFolder vendor)
    {
        this.vendor = vendor;
        source = vendor.Source();
        samples = vendor.Samples.Concat(vendor.Handshakes).ToDictionary(sample => sample.ToString(), StringComparer.Ordinal);
        exchanges = vendor.Exchanges.SelectMany(exchange => RecordedExchange.Of(vendor, exchange)).ToDictionary(exchange => exchange.Subject, StringComparer.Ordinal);
        Seeds = [.. samples.Select(sample => SeedOf(sample.Key, sample.Value.Request)), .. exchanges.Values.Select(exchange => exchange.Seed)];
    }

    public string Name => $"connectors/{vendor.Name}";

    public IReadOnlyList<FuzzInput> Seeds { get; }

    public ValueTask<Outcome> RunAsync(FuzzInput input)
    {
        var (outcome, told) = Try(input);
        if (outcome.Finding is null) bench.Add(input, told);
        return ValueTask.FromResult(outcome);
    }

    public async ValueTask<Finding?> RunAloneAsync(IReadOnlyList<FuzzInput> inputs)
    {
        alone.Forget();
        foreach (var input in inputs)
        {
            var (outcome, told) = Try(input);
            if (outcome.Finding is { } finding) return finding;
            alone.Add(input, told);
        }
        return await alone.FaultAsync();
    }

    public async ValueTask<IReadOnlyList<Caught>> SettleAsync() => await bench.SettleAsync() is { } caught ? [caught] : [];

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await alone.DisposeAsync();
    }

    private static FuzzInput SeedOf(string subject, WebhookRequest request) => new(subject, request.Query, [.. request.Headers], request.Body.ToArray());

    private (Outcome Outcome, IReadOnlyList<ContactEvent> Told) Try(FuzzInput input)
    {
        List<ContactEvent> told = [];
        var outcome = Effort.Measure(input, () =>
        {
            told.Clear();
            return exchanges.TryGetValue(input.Subject, out var exchange) ? Ask(exchange, input, told) : Receive(input, told);
        });
        return (outcome, told);
    }

    private Outcome Receive(FuzzInput input, List<ContactEvent> told)
    {
        var sample = samples[input.Subject];
        var sent = sample.Request;
        var request = sent with { Query = input.Address, Headers = input.HeaderTable(), Body = input.Body, Url = sent.Url is { } url && Uri.TryCreate(url.GetLeftPart(UriPartial.Path) + (input.Address.Length > 0 ? "?" : "") + input.Address, UriKind.Absolute, out var called) ? called : null };
        List<string> features = [];
        foreach (var tried in new[] { request, WebhookRules.Signed(source, request) })
        {
            if (WebhookRules.Broken(source, tried, features) is { } broken) return Outcome.Broken(broken);
        }
        var kept = WebhookDelivery.Kept(source, request);
        if (sample.IsObject)
        {
            foreach (var header in new[] { WebhookDelivery.ObjectTypeHeader, WebhookDelivery.ObjectIdHeader }) kept[header] = sent.Headers[header];
        }
        return Read(kept, source.Authentication.WithoutProof(input.Body), features, told);
    }

    private Outcome Ask(RecordedExchange exchange, FuzzInput input, List<ContactEvent> told)
    {
        var answer = exchange.Ask(source, input);
        List<string> features = [answer.Feature];
        if (answer.Finding is { } finding) return Outcome.Broken(finding);
        foreach (var read in answer.Objects)
        {
            var delivery = ExchangeCase.Delivery(vendor, read);
            var outcome = Read(new Dictionary<string, string>(delivery.Headers, StringComparer.OrdinalIgnoreCase), read.Body, features, told);
            if (outcome.Finding is not null) return outcome;
        }
        return new Outcome(features, null);
    }

    private Outcome Read(Dictionary<string, string> headers, ReadOnlyMemory<byte> body, List<string> features, List<ContactEvent> told)
    {
        var delivery = Delivery(headers, body);
        var outcome = Normalization.Run(source, delivery);
        features.AddRange(EventRules.Features(outcome));
        if (EventRules.Broken(outcome, delivery) is { } broken) return Outcome.Broken(broken);
        var again = Delivery(headers, body);
        var (first, second) = (SampleCase.Describe(outcome, delivery), SampleCase.Describe(Normalization.Run(source, again), again));
        if (first != second) return Outcome.Broken(new Finding("says something else the second time", $"{first}\n{second}"));
        if (outcome is Normalization.Events events) told.AddRange(delivery.Stamp(events.Facts));
        return new Outcome(features, null);
    }

    private WebhookDelivery Delivery(Dictionary<string, string> headers, ReadOnlyMemory<byte> body) => new()
    {
        Connection = SampleCase.Connection,
        Connector = vendor.Description.Key,
        Headers = headers,
        Body = body,
        ReceivedAt = RecordedExchange.Now,
    };
}
