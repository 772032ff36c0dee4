using System.Diagnostics;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Neither takes a trace over from who calls the hub nor hands one on to whom the hub calls: a stranger does not decide what is sampled, and what their headers say gets into no trace.</summary>
internal sealed class ClosedPropagator : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        // Nobody is told.
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) => (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
