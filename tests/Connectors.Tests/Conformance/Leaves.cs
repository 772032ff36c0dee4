using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>The leaves of a body, each with changed copies of the whole body. A field of a form that holds JSON has leaves of its own, under its name.</summary>
internal static class Leaves
{
    public static IEnumerable<(string Path, IEnumerable<byte[]> Changed)> Of(SampleCase sample) =>
        sample.IsXml ? XmlLeaves.Of(sample.Body) : Documents(sample).SelectMany(document => OfJson(document)).Concat(OfFields(FormBody.Read(sample)));

    /// <summary>The JSON texts of a body: the whole, or fields of a form.</summary>
    public static IEnumerable<(string Name, byte[] Json, Func<byte[], byte[]> Within)> Documents(SampleCase sample)
    {
        if (sample.IsJson) return [("$", sample.Body, changed => changed)];
        return FormBody.Read(sample) is { } form
            ? form.Fields.Where(field => IsJson(field.Value))
                .Select(field => (field.Name, Encoding.UTF8.GetBytes(field.Value), (Func<byte[], byte[]>)(changed => form.With(field, Encoding.UTF8.GetString(changed)))))
            : [];
    }

    private static IEnumerable<(string, IEnumerable<byte[]>)> OfJson((string Name, byte[] Json, Func<byte[], byte[]> Within) document)
    {
        foreach (var path in Paths(JsonNode.Parse(document.Json), "$", []).ToList())
            yield return (document.Name + Write(path)[1..], Changes(document.Json, path).Select(document.Within));
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

    private static IEnumerable<(string, IEnumerable<byte[]>)> OfFields(FormBody? form) => form is null
        ? []
        : form.Fields.Where(field => !IsJson(field.Value)).Select(field => (field.Name, new[] { field.Value + "x", "" }.Select(value => form.With(field, value))));

    private static bool IsJson(string text)
    {
        if (!text.TrimStart().StartsWith('{') && !text.TrimStart().StartsWith('[')) return false;
        try
        {
            return JsonNode.Parse(text) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
