using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors;

/// <summary>What a signature covers: the body, and headers or a time around it.</summary>
/// <remarks>
/// Written as a template: <c>{body}</c> exactly once, <c>{header:NAME}</c>, and at most one of <c>{seconds:NAME}</c>, <c>{milliseconds:NAME}</c> and <c>{date:NAME}</c>,
/// a header with the Unix time or an HTTP date. The time that is checked is a part of what is signed: an unsigned one would prove nothing.
/// </remarks>
public sealed partial class SignedContent
{
    private const string Name = "[A-Za-z0-9-]+";

    // RFC 9110, for example "Fri, 20 Nov 2026 14:05:33 GMT".
    private const string HttpDate = "r";

    private readonly IReadOnlyList<Part> before;
    private readonly IReadOnlyList<Part> after;
    private readonly Part? time;

    private SignedContent(IReadOnlyList<Part> before, IReadOnlyList<Part> after)
    {
        this.before = before;
        this.after = after;
        time = before.Concat(after).FirstOrDefault(part => part.IsTime);
    }

    private enum Kind
    {
        Text,
        Header,
        Seconds,
        Milliseconds,
        Date,
    }

    /// <summary>The body alone.</summary>
    public static SignedContent BodyAlone { get; } = new([], []);

    /// <summary>Whether a time is signed.</summary>
    public bool SignsTime => time is not null;

    /// <summary>Header with the signed time; null when none is signed.</summary>
    public string? TimeHeader => time?.Value;

    /// <summary>In words, for tables.</summary>
    public string Description => before.Count + after.Count == 0 ? "the body" : SignsTime ? "time and body" : "headers and body";

    /// <summary>Names of the headers that are signed.</summary>
    public IEnumerable<string> Headers => before.Concat(after).Where(part => part.Kind is not Kind.Text).Select(part => part.Value);

    /// <summary>Reads a template; null when it breaks a rule.</summary>
    public static SignedContent? Parse(string template)
    {
        var parts = Placeholder().Split(template);
        if (parts.Count(part => part == "{body}") != 1 || parts.Any(part => !Placeholder().IsMatch(part) && part.AsSpan().IndexOfAny('{', '}') >= 0)) return null;
        var position = Array.IndexOf(parts, "{body}");
        var content = new SignedContent(Read(parts[..position]), Read(parts[(position + 1)..]));
        return content.before.Concat(content.after).Count(part => part.IsTime) <= 1 ? content : null;
    }

    /// <summary>Reads a template that stands in code.</summary>
    /// <exception cref="FormatException">It breaks a rule.</exception>
    public static SignedContent Of(string template) => Parse(template) ?? throw new FormatException($"\"{template}\" does not say what is signed.");

    internal string Before(WebhookRequest request) => string.Concat(before.Select(part => part.Of(request)));

    internal string After(WebhookRequest request) => string.Concat(after.Select(part => part.Of(request)));

    internal string? MissingHeader(WebhookRequest request) => Headers.FirstOrDefault(header => request.Header(header) is null);

    /// <summary>The signed time; null when none is signed, or when its header is malformed.</summary>
    internal DateTimeOffset? Time(WebhookRequest request) => time is null || request.Header(time.Value)?.Trim() is not { } text ? null : Read(time.Kind, text);

    /// <summary>The request with the signed headers that it lacks, and with the time of its arrival.</summary>
    internal WebhookRequest Prepare(WebhookRequest request)
    {
        foreach (var part in before.Concat(after))
        {
            if (part.IsTime) request = request.WithHeader(part.Value, Write(part.Kind, request.ReceivedAt));
            else if (part.Kind is Kind.Header && request.Header(part.Value) is null) request = request.WithHeader(part.Value, Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)));
        }
        return request;
    }

    private static string Write(Kind kind, DateTimeOffset time) => kind switch
    {
        Kind.Seconds => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        Kind.Milliseconds => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => time.ToString(HttpDate, CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset? Read(Kind kind, string text)
    {
        if (kind is Kind.Date) return DateTimeOffset.TryParseExact(text, HttpDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
        if (text.Length is 0 or > 15 || !text.All(char.IsAsciiDigit)) return null;
        var number = long.Parse(text, CultureInfo.InvariantCulture);
        if (kind is Kind.Milliseconds) number /= 1000;
        return number < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(number) : null;
    }

    private static List<Part> Read(IEnumerable<string> parts) => [.. parts.Where(part => part.Length > 0).Select(Read)];

    private static Part Read(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        if (!Placeholder().IsMatch(part)) return new Part(Kind.Text, part);
        return new Part(part[1] switch { 'h' => Kind.Header, 's' => Kind.Seconds, 'd' => Kind.Date, _ => Kind.Milliseconds }, part[(colon + 1)..^1]);
    }

    [GeneratedRegex(@"(?<part>\{body\}|\{(header|seconds|milliseconds|date):" + Name + @"\})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private sealed record Part(Kind Kind, string Value)
    {
        public bool IsTime => Kind is Kind.Seconds or Kind.Milliseconds or Kind.Date;

        public string Of(WebhookRequest request) => Kind is Kind.Text ? Value : request.Header(Value)?.Trim() ?? "";
    }
}
