using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>For vendors who sign nothing: a secret in the address (<c>/webhooks/{connection}/{token}</c>), as the password of basic authentication, or in a header of its own.</summary>
/// <param name="tokens">Each is accepted; the first one signs.</param>
public sealed class TokenAuthentication(Secrets tokens) : WebhookAuthentication
{
    private static readonly byte[][] Before = [[(byte)'/'], [(byte)':'], .. new[] { "%2F", "%2f", "%3A", "%3a" }.Select(Encoding.ASCII.GetBytes)];
    private const string Missing = "the address carries no token, and there is no basic authentication";

    /// <summary>Header that carries the secret instead; null (default) where the vendor can set none.</summary>
    public string? Header { get; init; }

    /// <inheritdoc/>
    public override string Description => Header is null ? "secret in the address, or basic authentication" : $"secret in header {Header}, in the address, or basic authentication";

    /// <inheritdoc/>
    public override bool CoversBody => false;

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        var given = (Header is null ? null : request.Header(Header)) ?? request.PathToken ?? BasicCredentials.Of(request)?.Password;
        if (string.IsNullOrEmpty(given)) return Verification.Reject(Header is null ? Missing : $"header {Header} is missing, and {Missing}");
        var matches = false;
        foreach (var token in tokens) matches |= SameText(token, given);
        return matches ? Verification.Accept : Verification.Reject("the token does not match");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request) => Header is null ? request with { PathToken = tokens[0] } : request.WithHeader(Header, tokens[0]);

    /// <summary>The body with asterisks for each token that stands in an address, plain or percent-encoded: some vendors echo the address that they called.</summary>
    public override ReadOnlyMemory<byte> WithoutProof(ReadOnlyMemory<byte> body)
    {
        byte[]? copy = null;
        foreach (var token in tokens.SelectMany(token => new[] { token, Uri.EscapeDataString(token) }).Distinct(StringComparer.Ordinal))
        {
            var wanted = Encoding.UTF8.GetBytes(token);
            for (int at = 0, next; (next = body.Span[at..].IndexOf(wanted)) >= 0; at += next + wanted.Length)
            {
                if (StandsInAddress(body.Span[..(at + next)], body.Span[(at + next + wanted.Length)..]))
                    (copy ??= body.ToArray()).AsSpan(at + next, wanted.Length).Fill((byte)'*');
            }
        }
        return copy ?? body;
    }

    // After the slash of a path or the colon of a password. A word of an answer that happens to be the token stays.
    private static bool StandsInAddress(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (!after.IsEmpty && (char.IsAsciiLetterOrDigit((char)after[0]) || after[0] is (byte)'-' or (byte)'_')) return false;
        foreach (var mark in Before)
        {
            if (before.EndsWith(mark)) return true;
        }
        return false;
    }
}
