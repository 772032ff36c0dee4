using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;

namespace IntegrationHub.Hub.Tests.Rebuilding;

/// <summary>Rebuilds without a command line.</summary>
internal static class RebuildRun
{
    public static Rebuild Of(RecordHarness harness) => Of(harness.DataDirectory, harness.Configuration, RebuildSource.Events, _ => { }, () => { });

    /// <param name="say">Takes what is said on the way.</param>
    /// <param name="step">Called for each event, delivery and contact.</param>
    public static Rebuild Of(string dataDirectory, HubConfiguration configuration, RebuildSource source, Action<string> say, Action step) => new(
        new RebuildPlan { DataDirectory = dataDirectory, Live = TestDatabase.Of(dataDirectory), Configuration = configuration, Source = source, Details = 20, ShowValues = false },
        TimeProvider.System, say, (_, _) => new RebuildCount(step, () => { }));
}
