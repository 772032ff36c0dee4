using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>How a baseline knows that a delivery is genuine: the HMAC-SHA256 of the body, in base64, in a header.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Prefix">What stands in front of it.</param>
internal sealed record PlainProof(string Header, string Prefix)
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(ConnectorsFile.Secret);

    public static PlainProof Of(Payload payload) => payload switch
    {
        Payload.Orders => new("X-Shopify-Hmac-Sha256", ""),
        Payload.Answers => new("Typeform-Signature", "sha256="),
        // Every tool has a proof of its own, of which a baseline knows nothing: its own is added.
        Payload.Mix => new("X-Baseline-Hmac-Sha256", ""),
        _ => throw new UnreachableException(),
    };

    public string Sign(ReadOnlySpan<byte> body) => Prefix + Convert.ToBase64String(HMACSHA256.HashData(Secret, body));

    /// <param name="header">The header's value.</param>
    public bool Proves(string header, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret, body, expected);
        return header.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64Chars(header.AsSpan(Prefix.Length), given, out var written)
            && written == given.Length && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
