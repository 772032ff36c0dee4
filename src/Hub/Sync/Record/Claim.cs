namespace IntegrationHub.Hub.Sync.Record;

/// <summary>What a source said, and by which event.</summary>
/// <param name="Source">The connection, and after a colon the vendor's id of the person there, when told.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Value">The value.</param>
/// <param name="Stamp">When, and by which event.</param>
internal sealed record Claim(string Source, string Connection, string Value, Stamp Stamp)
{
    /// <summary>Stands in place of a connection where a person decided.</summary>
    public const string OfDecision = "(decision)";
}
