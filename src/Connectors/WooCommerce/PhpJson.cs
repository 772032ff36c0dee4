using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Writes JSON as PHP does: slashes with a backslash, letters beyond ASCII as <c>\u00eb</c>.</summary>
internal static class PhpJson
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(JsonObject body)
    {
        var escaped = new StringBuilder();
        foreach (var letter in body.ToJsonString(Unescaped))
        {
            if (letter == '/') escaped.Append("\\/");
            else if (char.IsAscii(letter)) escaped.Append(letter);
            else escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }
        return Encoding.ASCII.GetBytes(escaped.ToString());
    }
}
