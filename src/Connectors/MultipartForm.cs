using System.Net.Http.Headers;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>The frame of a <c>multipart/form-data</c> body (RFC 7578): parts between lines with a boundary, which the <c>Content-Type</c> header names. Parts are text; a part that is a file is passed over.</summary>
public static class MultipartForm
{
    private const string MediaType = "multipart/form-data";
    private const int LongestBoundary = 70;

    /// <summary>Whether a <c>Content-Type</c> header tells of such a body.</summary>
    public static bool IsMultipart(string? contentType) =>
        string.Equals(contentType?.Split(';')[0].Trim(), MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>A body of text parts, as a vendor would send it: for simulators and tests.</summary>
    /// <param name="boundary">1 to 70 letters, digits and dashes that stand in no part.</param>
    /// <param name="parts">Names, without quotes and line ends, and values.</param>
    /// <returns>The body; its header is <c>multipart/form-data; boundary=…</c>.</returns>
    public static byte[] Write(string boundary, IEnumerable<(string Name, string Value)> parts)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in parts)
            body.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        return Encoding.UTF8.GetBytes(body.Append("--").Append(boundary).Append("--\r\n").ToString());
    }

    /// <summary>The text parts in the order sent: name, and bytes of the value.</summary>
    /// <exception cref="PayloadException">The header names no boundary, or the body is not parts between it.</exception>
    internal static IEnumerable<(string Name, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> body, string contentType)
    {
        var delimiter = Encoding.ASCII.GetBytes($"\r\n--{Boundary(contentType)}");
        // A preamble may come first; the first boundary needs no line end before it.
        var rest = body.Span.StartsWith(delimiter.AsSpan(2)) ? body[(delimiter.Length - 2)..] : After(body, delimiter);
        while (!rest.Span.StartsWith("--"u8))
        {
            var start = LineEnd(rest.Span);
            var length = rest.Span[start..].IndexOf(delimiter);
            if (length < 0) throw Problem("is cut off: its last boundary is missing");
            var part = rest.Slice(start, length);
            rest = rest[(start + length + delimiter.Length)..];
            var blank = part.Span.IndexOf("\r\n\r\n"u8);
            if (blank < 0) throw Problem("has a part without an empty line after its headers");
            if (Name(part.Span[..blank]) is { } name) yield return (name, part[(blank + 4)..]);
        }
    }

    private static string Boundary(string contentType)
    {
        var boundary = contentType.Split(';').Skip(1).Select(parameter => parameter.Split('=', 2))
            .FirstOrDefault(parameter => parameter is [var name, _] && name.Trim().Equals("boundary", StringComparison.OrdinalIgnoreCase))?[1].Trim().Trim('"');
        return boundary is { Length: > 0 and <= LongestBoundary } && boundary.All(letter => letter is > ' ' and <= '~')
            ? boundary
            : throw new PayloadException("header Content-Type", $"names no boundary of 1 to {LongestBoundary} characters");
    }

    private static ReadOnlyMemory<byte> After(ReadOnlyMemory<byte> body, byte[] delimiter)
    {
        var at = body.Span.IndexOf(delimiter);
        return at < 0 ? throw Problem("does not hold the boundary of its Content-Type") : body[(at + delimiter.Length)..];
    }

    /// <summary>Where the first header of a part begins: blanks may follow the boundary.</summary>
    private static int LineEnd(ReadOnlySpan<byte> rest)
    {
        var blanks = rest.IndexOfAnyExcept(" \t"u8);
        return blanks >= 0 && rest[blanks..].StartsWith("\r\n"u8) ? blanks + 2 : throw Problem("has a boundary that does not end its line");
    }

    /// <summary>The name of a text part; null for a file.</summary>
    private static string? Name(ReadOnlySpan<byte> headers)
    {
        foreach (var line in Encoding.UTF8.GetString(headers).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !line.AsSpan(0, colon).Trim().Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)) continue;
            if (!ContentDispositionHeaderValue.TryParse(line[(colon + 1)..], out var disposition)) break;
            if (disposition.FileName is not null || disposition.FileNameStar is not null) return null;
            if (disposition.Name is { } name) return Unescaped(name);
        }
        throw Problem("has a part without a name");
    }

    // The quotes are off already.
    private static string Unescaped(string name) =>
        name.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static PayloadException Problem(string problem) => new("form", problem);
}
