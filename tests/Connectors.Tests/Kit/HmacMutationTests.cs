using System.Globalization;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>Random changes to a signed request: none is accepted unless it says the same.</summary>
public sealed class HmacMutationTests
{
    private const string Header = "X-Signature";
    private const string Secret = "whsec_kit";
    private const int Rounds = 25_000;

    // Letters of the header's grammar and of both alphabets, blanks, and some that have no place there.
    private const string Letters = "0123456789abcdefABCDEF,,,===tv1ghXYZ+/-_. \t\"é０";

    private static readonly string[] Phrases =
        ["header X-Signature is missing", "header X-Signature is malformed", "the signature does not match", "the signed time is too far from now"];

    [Theory]
    [InlineData(SignatureEncoding.Hex, SignatureLayout.Plain, 1)]
    [InlineData(SignatureEncoding.Base64, SignatureLayout.Plain, 2)]
    [InlineData(SignatureEncoding.Hex, SignatureLayout.Timestamped, 3)]
    [InlineData(SignatureEncoding.Base64, SignatureLayout.Timestamped, 4)]
    public void No_mutation_is_accepted_unless_it_says_the_same(SignatureEncoding encoding, SignatureLayout layout, int seed)
    {
        var authentication = new HmacAuthentication(new Secrets(Secret)) { Header = Header, Encoding = encoding, Layout = layout };
        var signed = authentication.Sign(Given.Post("""{"id":"evt_1","amount":1230}"""));
        var random = new Random(seed);
        Dictionary<string, int> reasons = new(StringComparer.Ordinal);
        var (accepted, falselyAccepted) = (0, new List<string>());
        for (var i = 0; i < Rounds; i++)
        {
            var request = Mutate(signed, random);
            switch (authentication.Verify(request))
            {
                case Verification.Accepted when SaysTheSame(signed, request, encoding):
                    accepted++;
                    break;
                case Verification.Accepted:
                    falselyAccepted.Add($"round {i}: {request.Header(Header)} at {request.ReceivedAt:O}");
                    break;
                case Verification.Rejected rejected:
                    reasons[rejected.Reason] = reasons.GetValueOrDefault(rejected.Reason) + 1;
                    break;
                default:
                    Assert.Fail("A signature is no handshake.");
                    break;
            }
        }
        Assert.True(falselyAccepted.Count == 0, string.Join('\n', falselyAccepted));
        Assert.Equal(Rounds, accepted + reasons.Values.Sum());
        // The phrases are fixed, so that neither the secret nor a digest can be among them.
        Assert.Equal([], reasons.Keys.Except(Phrases));
        Assert.True(reasons["header X-Signature is malformed"] > 1000 && reasons["the signature does not match"] > 1000, "The mutations reach both kinds of refusal.");
        Assert.InRange(accepted, 1, Rounds / 4);
    }

    private static WebhookRequest Mutate(WebhookRequest signed, Random random) => random.Next(4) switch
    {
        0 => signed with { Body = Given.Mutations(signed.Body.ToArray(), 1, random.Next()).Single() },
        1 => signed with { ReceivedAt = signed.ReceivedAt.AddSeconds(random.Next(-4000, 4000)), Body = random.Next(2) == 0 ? signed.Body : signed.Body[1..] },
        2 => signed.WithHeader(Header, MutateTime(signed.Header(Header)!, random)),
        _ => signed.WithHeader(Header, MutateText(signed.Header(Header)!, random)),
    };

    private static string MutateTime(string header, Random random)
    {
        var end = header.IndexOf(',', StringComparison.Ordinal);
        if (!header.StartsWith("t=", StringComparison.Ordinal)) return MutateText(header, random);
        var time = random.Next(3) switch
        {
            0 => (Given.Arrival.ToUnixTimeSeconds() + random.Next(-500, 500)).ToString(CultureInfo.InvariantCulture),
            1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            _ => MutateText(header[2..end], random),
        };
        return $"t={time}{header[end..]}";
    }

    private static string MutateText(string header, Random random)
    {
        var text = new StringBuilder(header);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var position = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text[position] = Letters[random.Next(Letters.Length)];
                    break;
                case 1:
                    text.Insert(position, Letters[random.Next(Letters.Length)]);
                    break;
                case 2:
                    text.Append(Letters[random.Next(Letters.Length)]);
                    break;
                case 3 when text.Length > 1:
                    text.Remove(position, 1);
                    break;
                case 4:
                    text[position] = char.IsLower(text[position]) ? char.ToUpperInvariant(text[position]) : char.ToLowerInvariant(text[position]);
                    break;
                default:
                    var other = random.Next(text.Length);
                    (text[position], text[other]) = (text[other], text[position]);
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>The same body, the same time and digests but for blanks around them and the case of hex, and an arrival within the window.</summary>
    private static bool SaysTheSame(WebhookRequest signed, WebhookRequest request, SignatureEncoding encoding)
    {
        if (!signed.Body.Span.SequenceEqual(request.Body.Span)) return false;
        var isTimestamped = signed.Header(Header)!.StartsWith("t=", StringComparison.Ordinal);
        if (isTimestamped && Math.Abs((request.ReceivedAt - signed.ReceivedAt).TotalSeconds) > 300) return false;
        return Parts(signed).SequenceEqual(Parts(request), StringComparer.Ordinal);

        IEnumerable<string> Parts(WebhookRequest of) => of.Header(Header)!.Split(',').Select(part => part.Trim()).Where(IsRead).Select(Normalize);

        bool IsRead(string part) => !isTimestamped || !part.Contains('=', StringComparison.Ordinal) || part.Split('=')[0] is "t" or "v1";

        string Normalize(string part)
        {
            var digest = part.StartsWith("v1=", StringComparison.Ordinal) ? 3 : part.StartsWith("t=", StringComparison.Ordinal) ? part.Length : 0;
            return encoding is SignatureEncoding.Hex ? part[..digest] + part[digest..].ToLowerInvariant() : part;
        }
    }
}
