namespace IntegrationHub.Hub.Configuration;

/// <summary>How often a connection is read for what its webhooks missed.</summary>
/// <param name="Every">1 min to 7 days; null when it is switched off.</param>
/// <param name="Overlap">How far each run reaches back behind the one before; 0 to 7 days. It has to outlast what the vendor's clock, and its list, lag behind.</param>
internal sealed record ReconcileSchedule(TimeSpan? Every, TimeSpan Overlap)
{
    public static ReconcileSchedule Usual { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));
}
