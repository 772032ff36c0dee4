namespace IntegrationHub.Hub.Rebuilding;

/// <summary>What the record is worked out from.</summary>
internal enum RebuildSource
{
    /// <summary>The stored events, as they were read when they came.</summary>
    Events,

    /// <summary>The deliveries of the inbox, read again with today's connectors; stored events where there is no body to read.</summary>
    Inbox,
}
