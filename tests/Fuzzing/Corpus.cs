using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Fuzzing.Mutators;

namespace IntegrationHub.Fuzzing;

/// <summary>The inputs that are kept: those that found a fault, and those that reach what few do. One file for each, a folder for each target.</summary>
/// <param name="root">The folder of all of them.</param>
internal sealed class Corpus(string root)
{
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The corpus of the repository.</summary>
    public static Corpus Kept { get; } = new(typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "CorpusFolder").Value ?? "");

    /// <summary>A target's inputs, in the order of their files' names; a file can hold several, that belong together.</summary>
    public IReadOnlyList<IReadOnlyList<FuzzInput>> Of(string target)
    {
        var folder = Path.Combine(root, target);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)] : [];
    }

    /// <summary>Keeps inputs.</summary>
    /// <param name="why">What they showed; part of the file's name.</param>
    public string Keep(string target, string why, IReadOnlyList<FuzzInput> inputs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, target)).FullName;
        var text = new JsonArray([.. inputs.Select(Write)]).ToJsonString(Indented) + "\n";
        var file = Path.Combine(folder, $"{Slug(why)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..6]}.json");
        File.WriteAllText(file, text);
        return file;
    }

    private static JsonObject Write(FuzzInput input)
    {
        var written = new JsonObject { ["subject"] = input.Subject };
        if (input.Address.Length > 0) written["address"] = input.Address;
        if (input.Headers.Count > 0) written["headers"] = new JsonArray([.. input.Headers.Select(header => new JsonArray(Text(header.Key), Text(header.Value)))]);
        try
        {
            written["body"] = Strict.GetString(input.Body);
        }
        catch (DecoderFallbackException)
        {
            written["bodyBase64"] = Convert.ToBase64String(input.Body);
        }
        return written;
    }

    private static List<FuzzInput> Read(string file) => [.. JsonNode.Parse(File.ReadAllText(file))!.AsArray().Select(node => Read(node!))];

    private static FuzzInput Read(JsonNode node) => new(
        (string)node["subject"]!, (string?)node["address"] ?? "",
        [.. (node["headers"]?.AsArray() ?? []).Select(header => KeyValuePair.Create((string)header![0]!, (string)header[1]!))],
        node["bodyBase64"] is { } base64 ? Convert.FromBase64String((string)base64!) : Encoding.UTF8.GetBytes((string?)node["body"] ?? ""));

    // Half a character can't stand in the file.
    private static string Text(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Slug(string why)
    {
        var letters = why.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-').ToArray();
        var words = new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', words) is var slug && slug.Length > 60 ? slug[..60].TrimEnd('-') : slug;
    }
}
