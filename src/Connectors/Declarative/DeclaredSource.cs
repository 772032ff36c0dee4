namespace IntegrationHub.Connectors.Declarative;

/// <summary>Verifies and reads the webhooks of one connection as its declaration says.</summary>
internal sealed class DeclaredSource : IWebhookSource
{
    private readonly Declaration declaration;
    private readonly DeclaredSettings settings;
    private readonly Dictionary<string, DeclaredTopic> topics;

    public DeclaredSource(Declaration declaration, DeclaredSettings settings)
    {
        (this.declaration, this.settings) = (declaration, settings);
        Authentication = declaration.Rules.Proofs.First(proof => settings.Proof is null || proof.Name == settings.Proof).With(settings.Secret);
        topics = declaration.Rules.Topics.ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        Topics = [];
        foreach (var topic in declaration.Rules.Topics)
        {
            if (topic.Ignored is { } reason) Topics.Add(topic.Name, reason);
            else Topics.Add(topic.Name, Normalize);
        }
    }

    public WebhookAuthentication Authentication { get; }

    public TopicTable Topics { get; }

    public IReadOnlyList<string> KeptHeaders => declaration.Rules.Headers;

    public Verification Verify(WebhookRequest request)
    {
        foreach (var handshake in declaration.Rules.Handshakes)
        {
            if (handshake(request) is { } answer) return answer;
        }
        return Authentication.Verify(request);
    }

    public string? DeliveryId(WebhookRequest request)
    {
        if (declaration.Rules.DeliveryId is not { } expression) return null;
        var delivery = new WebhookDelivery { Connection = "", Connector = declaration.Key, Headers = request.Headers, Body = request.Body, ReceivedAt = request.ReceivedAt };
        try
        {
            return expression.One(new Scope(Parse(delivery), delivery, settings, declaration.Rules.Values))?.Text;
        }
        catch (PayloadException)
        {
            // What can't be read is told apart by its bytes, and its trouble is shown when it is normalized.
            return null;
        }
    }

    public string Topic(WebhookDelivery delivery) => TopicOf(Scopes(delivery).First());

    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(Scopes(delivery).Select(Tell));

    private Normalization Tell(Scope scope)
    {
        var topic = TopicOf(scope);
        if (!topics.TryGetValue(topic, out var known)) return new Normalization.Ignored(topic, "the connector does not know this topic");
        if (known.Ignored is { } reason) return new Normalization.Ignored(topic, reason);
        List<Fact> facts = [.. known.Events.SelectMany(rule => rule.Tell(scope))];
        return facts.Count > 0 ? Normalization.Of(facts) : new Normalization.Ignored(topic, "no condition of the declaration holds");
    }

    private string TopicOf(Scope scope) => declaration.Rules.Topic.Needed(scope).Text;

    private IEnumerable<Scope> Scopes(WebhookDelivery delivery)
    {
        var root = Parse(delivery);
        var whole = new Scope(root, delivery, settings, declaration.Rules.Values);
        if (declaration.Rules.Batch?.Nodes(whole).FirstOrDefault() is not { IsList: true } list) return [whole];
        var items = list.Items().Select(item => new Scope(item, delivery, settings, declaration.Rules.Values)).ToList();
        return items.Count > 0 ? items : throw new PayloadException(list.Path, "is an empty batch");
    }

    private Payload Parse(WebhookDelivery delivery) => declaration.Rules.Format.Parse(delivery.Body, delivery.Headers.GetValueOrDefault("Content-Type"));
}
