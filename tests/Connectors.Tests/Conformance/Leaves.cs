using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>The leaves of a body, each with changed copies of the whole body.</summary>
internal static class Leaves
{
    public static IEnumerable<(string Path, IEnumerable<byte[]> Changed)> Of(SampleCase sample) =>
        sample.IsJson ? OfJson(sample.Body) : sample.IsForm ? OfForm(Encoding.UTF8.GetString(sample.Body)) : [];

    private static IEnumerable<(string, IEnumerable<byte[]>)> OfJson(byte[] body)
    {
        foreach (var path in Paths(JsonNode.Parse(body), "$", []).ToList()) yield return (Write(path), Changes(body, path));
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, string at, object[] path) => node switch
    {
        JsonObject map => map.SelectMany(member => Paths(member.Value, at, [.. path, member.Key])),
        JsonArray list => list.SelectMany((item, index) => Paths(item, at, [.. path, index])),
        _ => [path],
    };

    private static string Write(object[] path) =>
        path.Aggregate("$", (written, step) => step is int index ? $"{written}[{index}]" : $"{written}.{step}");

    private static IEnumerable<byte[]> Changes(byte[] body, object[] path)
    {
        foreach (var change in Replacements(Find(JsonNode.Parse(body), path)))
        {
            var copy = JsonNode.Parse(body);
            if (path.Length == 0) yield return Encoding.UTF8.GetBytes(change?.ToJsonString() ?? "null");
            else
            {
                var holder = Find(copy, path[..^1])!;
                if (path[^1] is int index) holder[index] = change;
                else holder[(string)path[^1]] = change;
                yield return Encoding.UTF8.GetBytes(copy!.ToJsonString());
            }
        }
    }

    private static IEnumerable<JsonNode?> Replacements(JsonNode? leaf)
    {
        if (leaf is null) return ["probe", 7, true, "2026-01-02T03:04:05Z"];
        return leaf.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => [leaf.GetValue<string>() + "x", "", null],
            System.Text.Json.JsonValueKind.Number => [leaf.GetValue<decimal>() + 1, null],
            System.Text.Json.JsonValueKind.True => [false, null],
            _ => [true, null],
        };
    }

    private static JsonNode? Find(JsonNode? node, object[] path) =>
        path.Aggregate(node, (current, step) => step is int index ? current![index] : current![(string)step]);

    private static IEnumerable<(string, IEnumerable<byte[]>)> OfForm(string body)
    {
        var pairs = body.Split('&');
        for (var i = 0; i < pairs.Length; i++)
        {
            var (position, key) = (i, pairs[i].Split('=')[0]);
            string[] changes = [pairs[i] + "x", key + "="];
            yield return (Uri.UnescapeDataString(key), changes.Select(change =>
                Encoding.UTF8.GetBytes(string.Join('&', pairs.Select((pair, index) => index == position ? change : pair)))));
        }
    }
}
