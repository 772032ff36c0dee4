using System.Collections;
using IntegrationHub.Connectors.Tests.Conformance;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>The targets of a kind; each connector is one, found by its folder.</summary>
/// <param name="kind">connectors, configuration, declarations, api, or all.</param>
/// <param name="only">A part of their names; null for all.</param>
internal sealed class TargetList(string kind, string? only = null) : IEnumerable<ITarget>, IAsyncDisposable
{
    private readonly List<ITarget> targets = [.. All(kind, only)];

    /// <summary>Seeds of other targets, some of each.</summary>
    public IReadOnlyList<FuzzInput> StrangersTo(ITarget target) => [.. targets.Where(other => other != target).SelectMany(other => other.Seeds.Where((_, index) => index % 3 == 0))];

    public IEnumerator<ITarget> GetEnumerator() => targets.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (var target in targets) await target.DisposeAsync();
    }

    private static IEnumerable<ITarget> All(string kind, string? only)
    {
        List<(string Name, Func<ITarget> Make)> all = [.. VendorFolder.All.Select(vendor => ($"connectors/{vendor.Name}", (Func<ITarget>)(() => new ConnectorTarget(vendor)))), ("configuration", () => new ConfigurationTarget()), ("declarations", () => new DeclarationTarget()), ("api", () => ApiTarget.StartAsync().GetAwaiter().GetResult())];
        return all.Where(one => kind == "all" || one.Name.Split('/')[0] == kind).Where(one => only is null || one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).Select(one => one.Make());
    }
}
