using System.Collections;

namespace IntegrationHub.Connectors;

/// <summary>A vendor's topics and what becomes of each: a reader of its payload, or the reason it is ignored. A topic that is not listed is ignored and counted.</summary>
public sealed class TopicTable : IEnumerable<string>
{
    private readonly Dictionary<string, Func<WebhookDelivery, Normalization>> readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> ignored = new(StringComparer.Ordinal);

    /// <summary>Topics that are turned into facts.</summary>
    public IReadOnlyCollection<string> Understood => readers.Keys;

    /// <summary>Topics that are ignored on purpose, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Ignored => ignored;

    /// <summary>Adds a topic that is turned into facts.</summary>
    /// <exception cref="ArgumentException">The topic is in the table already.</exception>
    public void Add(string topic, Func<WebhookDelivery, Normalization> reader)
    {
        RequireNew(topic);
        readers.Add(topic, reader);
    }

    /// <summary>Adds a topic that is ignored on purpose.</summary>
    /// <exception cref="ArgumentException">The topic is in the table already.</exception>
    public void Add(string topic, string reason)
    {
        RequireNew(topic);
        ignored.Add(topic, reason);
    }

    /// <summary>Reads a delivery of this topic.</summary>
    public Normalization Normalize(string topic, WebhookDelivery delivery)
    {
        if (readers.TryGetValue(topic, out var reader)) return reader(delivery);
        return new Normalization.Ignored(topic, ignored.GetValueOrDefault(topic, "the connector does not know this topic"));
    }

    /// <summary>All topics by name.</summary>
    public IEnumerator<string> GetEnumerator() => readers.Keys.Concat(ignored.Keys).Order(StringComparer.Ordinal).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void RequireNew(string topic)
    {
        if (readers.ContainsKey(topic) || ignored.ContainsKey(topic)) throw new ArgumentException($"'{topic}' is in the table already.", nameof(topic));
    }
}
