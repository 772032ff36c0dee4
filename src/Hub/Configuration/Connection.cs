using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Configuration;

/// <summary>One configured instance of a connector.</summary>
internal sealed class Connection
{
    /// <summary>Name: lower-case letters, digits and underscores, a letter first.</summary>
    public required string Name { get; init; }

    public required ConnectorDescription Connector { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>What verifies and reads its webhooks; null when the connection is disabled, or its connector has no webhooks.</summary>
    public IWebhookSource? Source { get; init; }

    /// <summary>Its settings; null when it is disabled: they may be incomplete.</summary>
    public ConnectorSettings? Settings { get; init; }

    /// <summary>How often it is read for what its webhooks missed.</summary>
    public ReconcileSchedule Reconcile { get; init; } = ReconcileSchedule.Usual;

    /// <summary>What reads its history; null when its connector can't, or its settings hold no key to the API.</summary>
    public IBackfill? History => Source is IBackfill { Api: not null } history ? history : null;

    /// <summary>Hash of all that decides how it verifies and reads: two connections with the same one tell the same facts.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The connection as it was before its secret was rotated: the oldest secret signs. Its own when it has only one.</summary>
    public Connection WithOldestSecretFirst()
    {
        if (Settings is null) return this;
        var older = SettingsBinder.WithOldestSecretFirst(Settings);
        return new Connection { Name = Name, Connector = Connector, Enabled = Enabled, Settings = older, Source = Connector.Create(older) as IWebhookSource, Fingerprint = Fingerprint };
    }
}
