using System.Globalization;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Ingest;

namespace IntegrationHub.Hub.Cli;

/// <summary>A webhook request out of two files: the body, and <c>Name: value</c> lines. A line <c>@ 2026-11-20T15:04:06Z</c> gives the arrival, a line <c>POST /webhooks/shop/token?query</c> the address, with or without the host.</summary>
internal static class RequestFile
{
    /// <exception cref="VerbException">A file is missing, or a line is none of these.</exception>
    public static WebhookRequest Read(string bodyFile, string headersFile, Uri? publicUrl, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var request = new WebhookRequest { Method = "POST", Headers = headers, Body = Bytes(bodyFile), ReceivedAt = now };
        var lines = Encoding.UTF8.GetString(Bytes(headersFile)).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0) continue;
            if (line[0] == '@') request = request with { ReceivedAt = Time(line[1..].Trim(), headersFile, number) };
            else if (line.Split(' ') is [var method, var address, ..] && method.All(char.IsAsciiLetterUpper) && Called(address, publicUrl) is var (url, target)) request = Addressed(request, method, target) with { Url = url };
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0) headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            else throw new VerbException($"{headersFile}, line {number}: is neither \"Name: value\", nor \"@ time\", nor \"POST /path\".");
        }
        return request;
    }

    private static (Uri? Url, string Target)? Called(string address, Uri? publicUrl)
    {
        if (address.StartsWith('/')) return (PublicAddress.Of(publicUrl, address), address);
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? (url, url.PathAndQuery) : null;
    }

    private static WebhookRequest Addressed(WebhookRequest request, string method, string address)
    {
        var (path, query) = address.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (address[..mark], address[(mark + 1)..]) : (address, "");
        return request with
        {
            Method = method,
            Path = path.StartsWith("/webhooks/", StringComparison.Ordinal) ? null : path,
            PathToken = path.Split('/') is ["", "webhooks", _, var token] ? Uri.UnescapeDataString(token) : null,
            Query = query,
        };
    }

    private static DateTimeOffset Time(string text, string file, int line) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new VerbException($"{file}, line {line}: is not a time, for example @ 2026-11-20T15:04:06Z.");

    private static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VerbException($"{file} can't be read: {exception.Message}");
        }
    }
}
