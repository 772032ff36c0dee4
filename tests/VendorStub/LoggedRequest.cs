using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.VendorStub;

/// <summary>A request that came.</summary>
public sealed record LoggedRequest
{
    /// <summary>HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path, percent-decoded.</summary>
    public required string Path { get; init; }

    /// <summary>Parameters of the query; repeated ones are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>Headers; names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether something was given for it.</summary>
    public bool IsExpected { get; init; }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The body's fields as a form; none when it is something else.</summary>
    public IReadOnlyDictionary<string, string> Form =>
        Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? QueryHelpers.ParseQuery(Body).ToDictionary(part => part.Key, part => part.Value.ToString(), StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}{(Query.Count == 0 ? "" : "?" + string.Join('&', Query.Select(parameter => $"{parameter.Key}={parameter.Value}")))}";

    internal static async Task<LoggedRequest> ReadAsync(HttpRequest request, DateTimeOffset at)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return new LoggedRequest
        {
            Method = request.Method,
            Path = request.Path.Value ?? "/",
            Query = request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal),
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = Encoding.UTF8.GetString(body.ToArray()),
            At = at,
        };
    }
}
