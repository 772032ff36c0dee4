using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>A line of <c>ignored.txt</c>: a leaf path, two spaces or more, the reason why the connector does not read it.</summary>
/// <remarks>In a path <c>[*]</c> stands for any index, <c>*</c> for any one name, <c>**</c> for anything below.</remarks>
internal sealed partial record Waiver(string File, string Pattern, string Reason)
{
    private readonly Regex matcher = new("^" + Regex.Escape(Pattern).Replace(@"\[\*]", @"\[\d+]", StringComparison.Ordinal)
        .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", @"[^.\[\]]*", StringComparison.Ordinal) + "$");

    public bool Covers(string path) => matcher.IsMatch(path);

    public static IReadOnlyList<Waiver> Read(string file) => !System.IO.File.Exists(file)
        ? []
        : [.. System.IO.File.ReadAllLines(file).Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => Parse(file, line))];

    private static Waiver Parse(string file, string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new Waiver(file, match.Groups[1].Value, match.Groups[2].Value)
            : throw new FormatException($"{file}: '{line}' is not a path, two spaces and a reason.");
    }

    [GeneratedRegex(@"^(\S.*?)\s{2,}(\S.*)$")]
    private static partial Regex Line();
}
