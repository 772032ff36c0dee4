using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads JSON with comments and trailing commas, and nothing else that a lenient parser lets pass. Its errors quote nothing of the file: it may hold secrets.</summary>
internal static class ConfigurationDocument
{
    private const int MaxDepth = 64;

    private static readonly JsonReaderOptions Strict = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };

    /// <summary>The document with the lines of its tokens, or null when it is not a JSON object; of members with one name the first.</summary>
    /// <param name="text">What is in the file.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="least">The least that can stand in such a file.</param>
    public static JObject? Parse(string text, Findings findings, string least = """{"connections": {}}""")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Add(0, "", $"is empty; write {least}");
            return null;
        }
        if (!IsStrict(text, findings)) return null;
        try
        {
            FindFaults(text, findings);
            using var reader = Reader(text);
            var root = JToken.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Ignore });
            if (root is not JObject) findings.Add(root, $"is not an object; write {least}");
            return root as JObject;
        }
        catch (JsonReaderException exception)
        {
            findings.Add(exception.LineNumber, exception.Path ?? "", $"can't be read at column {exception.LinePosition}: the number is too large, or a comment stands before a colon");
            return null;
        }
    }

    private static bool IsStrict(string text, Findings findings)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Strict);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (System.Text.Json.JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            var bytes = Encoding.UTF8.GetBytes(text.Split('\n')[line]);
            var before = bytes.AsSpan(0, (int)Math.Min(exception.BytePositionInLine ?? 0, bytes.Length));
            findings.Add(line + 1, "", exception.Message.StartsWith("The maximum configured depth", StringComparison.Ordinal)
                ? $"is nested deeper than {MaxDepth}"
                : $"is not JSON at column {Encoding.UTF8.GetCharCount(before) + 1}; look for a missing or superfluous comma, quote or bracket here or just before");
            return false;
        }
    }

    // What JSON allows, and no file of ours.
    private static void FindFaults(string text, Findings findings)
    {
        using var reader = Reader(text);
        Stack<Dictionary<string, int>> open = [];
        while (reader.Read())
        {
            if (reader.Value is string said && said.Contains('\0', StringComparison.Ordinal)) findings.Add(reader.LineNumber, reader.Path, "holds a NUL character, which no database keeps; take it out");
            if (reader.TokenType is JsonToken.StartObject) open.Push(new Dictionary<string, int>(StringComparer.Ordinal));
            else if (reader.TokenType is JsonToken.EndObject) open.Pop();
            else if (reader is { TokenType: JsonToken.PropertyName, Value: string name } && !open.Peek().TryAdd(name, reader.LineNumber))
                findings.Add(reader.LineNumber, reader.Path, $"stands on line {open.Peek()[name]} already; keep one of the two");
        }
    }

    private static UncommentedReader Reader(string text) => new(text)
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaxDepth,
    };

    // A comment before the value of a member that stands there twice would be passed over in place of the value.
    private sealed class UncommentedReader(string text) : JsonTextReader(new StringReader(text))
    {
        public override bool Read()
        {
            while (base.Read())
            {
                if (TokenType is not JsonToken.Comment) return true;
            }
            return false;
        }
    }
}
