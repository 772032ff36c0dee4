using System.Globalization;
using System.Net;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>Plays the vendor's API: the requests of a folder in their order, each with its answer. Any other request fails.</summary>
/// <remarks>
/// A request begins with the method and the path with its query, below the API's address; then the headers that it must have, an empty line, and the body that it must have.
/// An answer begins with the status; then headers, an empty line, and the body.
/// </remarks>
internal sealed class Conversation(string folder, Uri address) : HttpMessageHandler
{
    private int asked;

    /// <summary>Fails when not everything was asked.</summary>
    public void RequireEnd() => Assert.False(File.Exists(FileOf(asked + 1, "request")), $"{FileOf(asked + 1, "request")} was not asked.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref asked);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var line = $"{request.Method} {Below(request.RequestUri!)}";
        Assert.True(File.Exists(FileOf(number, "request")), $"{FileOf(number, "request")} is missing for the request\n{line}\n\n{body}");
        var expected = HttpText.Read(FileOf(number, "request"));
        Assert.Equal(expected.FirstLine, line);
        Assert.All(expected.Headers, header => Assert.Equal($"{header.Name}: {header.Value}", $"{header.Name}: {HeaderOf(request, header.Name)}"));
        Assert.Equal(expected.Body, body);
        return Answer(HttpText.Read(FileOf(number, "response")));
    }

    private static HttpResponseMessage Answer(HttpText answer)
    {
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(answer.FirstLine.Split(' ')[0], CultureInfo.InvariantCulture)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Body)) };
        foreach (var (name, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return response;
    }

    private string Below(Uri called)
    {
        var root = address.AbsoluteUri.TrimEnd('/');
        Assert.StartsWith(root, called.AbsoluteUri, StringComparison.Ordinal);
        return called.AbsoluteUri[root.Length..];
    }

    private static string? HeaderOf(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) || (request.Content?.Headers.NonValidated.TryGetValues(name, out values) ?? false) ? string.Join(", ", values) : null;

    private string FileOf(int number, string part) => Path.Combine(folder, $"{number}.{part}.http");

    private sealed record HttpText(string FirstLine, IReadOnlyList<(string Name, string Value)> Headers, string Body)
    {
        public static HttpText Read(string file)
        {
            var text = File.ReadAllText(file).ReplaceLineEndings("\n");
            var (head, body) = text.IndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? (text[..end], text[(end + 2)..]) : (text.TrimEnd('\n'), "");
            var lines = head.Split('\n');
            return new HttpText(lines[0], [.. lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1]))], body.TrimEnd('\n'));
        }
    }
}
