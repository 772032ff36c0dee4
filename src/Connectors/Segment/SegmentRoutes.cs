using System.Collections.Frozen;

namespace IntegrationHub.Connectors.Segment;

/// <summary>The paths that tracking libraries call. The browser library uses first letters; RudderStack's sends beacons to a path of its own.</summary>
internal static class SegmentRoutes
{
    private const string Batch = "";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/v1/identify"] = "identify", ["/v1/i"] = "identify",
        ["/v1/track"] = "track", ["/v1/t"] = "track",
        ["/v1/page"] = "page", ["/v1/p"] = "page",
        ["/v1/screen"] = "screen", ["/v1/s"] = "screen",
        ["/v1/group"] = "group", ["/v1/g"] = "group",
        ["/v1/alias"] = "alias", ["/v1/a"] = "alias",
        ["/v1/batch"] = Batch, ["/v1/b"] = Batch, ["/v1/import"] = Batch, ["/beacon/v1/batch"] = Batch,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The first segments of the paths.</summary>
    public static IReadOnlyList<string> Roots { get; } = ["v1", "beacon"];

    /// <summary>Whether the path is one of these; null is the usual address of a webhook.</summary>
    public static bool IsServed(string? path) => path is null || Types.ContainsKey(path.TrimEnd('/'));

    /// <summary>The type of a call that tells none itself; null where the path tells none either.</summary>
    public static string? TypeOf(string? path) => path is not null && Types.GetValueOrDefault(path.TrimEnd('/')) is { Length: > 0 } type ? type : null;
}
