using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class HmacAuthenticationTests
{
    private const string Header = "X-Signature";
    private const string Secret = "whsec_kit";

    private const string Missing = "header X-Signature is missing";
    private const string Malformed = "header X-Signature is malformed";
    private const string Mismatch = "the signature does not match";
    private const string TooFar = "the signed time is too far from now";

    private static readonly string[] Hashes = ["SHA1", "SHA256", "SHA512"];

    private static long Now => Given.Arrival.ToUnixTimeSeconds();

    public static TheoryData<string, SignatureEncoding, SignatureLayout> Schemes
    {
        get
        {
            var rows = new TheoryData<string, SignatureEncoding, SignatureLayout>();
            foreach (var hash in Hashes)
            {
                foreach (var encoding in Enum.GetValues<SignatureEncoding>())
                {
                    foreach (var layout in Enum.GetValues<SignatureLayout>()) rows.Add(hash, encoding, layout);
                }
            }
            return rows;
        }
    }

    // RFC 2202 and RFC 4231, test case 2; the others with Python's hmac.
    [Theory]
    [InlineData("SHA1", "Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")]
    [InlineData("SHA256", "Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("SHA512", "Jefe", "what do ya want for nothing?",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    [InlineData("SHA1", "pässwörd-鍵", "Grüße aus Köln", "607ce76a47695ee6975b9c5d47b0475ab6a3d039")]
    [InlineData("SHA256", "pässwörd-鍵", "Grüße aus Köln", "56dce60672520cbd0442f66eba45a93546c974fd0e5c295e1f6630e121ee67f4")]
    [InlineData("SHA512", "pässwörd-鍵", "Grüße aus Köln",
        "e540e29d736ab86dcca52e9c8be3b785fee3246d951c3c7cf3084459de325cb1cba8acc39c3dd663d19eb46701e26637e9cb3e8b27b311957f5eb26c19fe95cf")]
    [InlineData("SHA256", "secret", "", "f9e66e179b6747ae54108f82f8ade8b3c25d76fd30afde6c395822c530196169")]
    public void Known_vector_is_signed_and_accepted(string hash, string secret, string body, string digest)
    {
        var plain = Plain(hash: hash, secrets: secret);
        Assert.Equal(digest, plain.Sign(Given.Post(body)).Header(Header));
        Assert.Equal(Verification.Accept, plain.Verify(Given.Post(body).WithHeader(Header, digest)));
        var base64 = Plain(SignatureEncoding.Base64, hash, secret);
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(digest)), base64.Sign(Given.Post(body)).Header(Header));
    }

    [Fact]
    public void Secret_longer_than_a_block_of_the_hash_is_hashed_first()
    {
        var authentication = Plain(secrets: new string('k', 131));
        var request = Given.Post("This is a test using a larger than block-size key");
        Assert.Equal("e2f8905bb871db8504b053afa7397cf0af3dad9cd63bbb4de8c88cb4f4561782", authentication.Sign(request).Header(Header));
    }

    [Fact]
    public void Timestamped_vector_signs_the_time_a_dot_and_the_body()
    {
        var signed = Timestamped().Sign(Given.Post("""{"id":"evt_1"}"""));
        Assert.Equal("t=1795262400,v1=ea1682b198fdfe879de2e629fe0ded49b5dbe75ccc90ab5dad58407ff81c573c", signed.Header(Header));
        Assert.Equal(Verification.Accept, Timestamped().Verify(signed));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void What_is_signed_is_what_an_independent_hmac_computes(string hash, SignatureEncoding encoding, SignatureLayout layout)
    {
        var body = Encoding.UTF8.GetBytes("""{"name":"Zoë"}""");
        var signed = Scheme(hash, encoding, layout).Sign(Given.Post(body));
        var digest = Digest(hash, layout is SignatureLayout.Plain ? body : [.. Encoding.UTF8.GetBytes($"{Now}."), .. body]);
        var written = encoding is SignatureEncoding.Hex ? Convert.ToHexString(digest).ToLowerInvariant() : Convert.ToBase64String(digest);
        Assert.Equal(layout is SignatureLayout.Plain ? written : $"t={Now},v1={written}", signed.Header(Header));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Signed_request_is_accepted_by_its_own_scheme_alone(string hash, SignatureEncoding encoding, SignatureLayout layout)
    {
        var signed = Scheme(hash, encoding, layout).Sign(Given.Post());
        foreach (var row in Schemes)
        {
            var (otherHash, otherEncoding, otherLayout) = ((string)row[0], (SignatureEncoding)row[1], (SignatureLayout)row[2]);
            var isOwn = (hash, encoding, layout) == (otherHash, otherEncoding, otherLayout);
            Assert.Equal(isOwn, Scheme(otherHash, otherEncoding, otherLayout).Verify(signed) is Verification.Accepted);
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Every_secret_of_a_rotation_is_accepted_and_the_first_signs(string hash, SignatureEncoding encoding, SignatureLayout layout)
    {
        var rotating = Scheme(hash, encoding, layout, "new", "old", "older");
        foreach (var secret in new[] { "new", "old", "older" })
            Assert.Equal(Verification.Accept, rotating.Verify(Scheme(hash, encoding, layout, secret).Sign(Given.Post())));
        Assert.Equal(Verification.Reject(Mismatch), rotating.Verify(Scheme(hash, encoding, layout, "oldest").Sign(Given.Post())));
        Assert.Equal(Scheme(hash, encoding, layout, "new").Sign(Given.Post()).Header(Header), rotating.Sign(Given.Post()).Header(Header));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("sha256=", true)]
    [InlineData("SHA256=", false)]
    [InlineData("sha256", false)]
    [InlineData("sha1=", false)]
    [InlineData("sha256= ", false)]
    public void Prefix_stands_exactly_before_the_digest(string prefix, bool isAccepted)
    {
        var authentication = new HmacAuthentication(new Secrets(Secret)) { Header = Header, Prefix = "sha256=" };
        Assert.StartsWith("sha256=", authentication.Sign(Given.Post()).Header(Header), StringComparison.Ordinal);
        var request = Given.Post().WithHeader(Header, prefix + Plain().Sign(Given.Post()).Header(Header));
        Assert.Equal(isAccepted ? Verification.Accept : Verification.Reject(Malformed), authentication.Verify(request));
    }

    [Theory]
    [InlineData(SignatureLayout.Plain)]
    [InlineData(SignatureLayout.Timestamped)]
    public void Hex_is_accepted_in_upper_case(SignatureLayout layout)
    {
        var authentication = Scheme("SHA256", SignatureEncoding.Hex, layout);
        var given = authentication.Sign(Given.Post()).Header(Header)!;
        var upper = layout is SignatureLayout.Plain ? given.ToUpperInvariant() : given[..given.LastIndexOf('=')] + given[given.LastIndexOf('=')..].ToUpperInvariant();
        Assert.NotEqual(given, upper);
        Assert.Equal(Verification.Accept, authentication.Verify(Given.Post().WithHeader(Header, upper)));
    }

    [Theory]
    [InlineData("{0} ", true)]
    [InlineData(" \t{0}", true)]
    [InlineData("{0}\r\n", true)]
    [InlineData("{0},{0}", false)]
    [InlineData("{0} {0}", false)]
    [InlineData("0x{0}", false)]
    [InlineData("\"{0}\"", false)]
    public void Blanks_around_a_plain_digest_count_for_nothing_and_all_else_is_malformed(string format, bool isAccepted)
    {
        foreach (var encoding in Enum.GetValues<SignatureEncoding>())
        {
            var authentication = Plain(encoding);
            var header = format.Replace("{0}", authentication.Sign(Given.Post()).Header(Header), StringComparison.Ordinal);
            Assert.Equal(isAccepted ? Verification.Accept : Verification.Reject(Malformed), authentication.Verify(Given.Post().WithHeader(Header, header)));
        }
    }

    [Fact]
    public void Blank_within_a_digest_is_malformed()
    {
        foreach (var encoding in Enum.GetValues<SignatureEncoding>())
        {
            var digest = Plain(encoding).Sign(Given.Post()).Header(Header)!;
            foreach (var blank in new[] { " ", "\t", "\n", "\u00A0" })
                Assert.Equal(Verification.Reject(Malformed), Plain(encoding).Verify(Given.Post().WithHeader(Header, digest.Insert(8, blank))));
        }
    }

    [Fact]
    public void Base64_is_read_in_its_one_standard_spelling()
    {
        // This body's digest holds both letters that the url-safe alphabet writes in another way.
        var body = Enumerable.Range(0, 10_000).Select(i => $"body {i}").First(text => Plain(SignatureEncoding.Base64).Sign(Given.Post(text)).Header(Header) is { } given && given.Contains('+') && given.Contains('/'));
        var digest = Plain(SignatureEncoding.Base64).Sign(Given.Post(body)).Header(Header)!;
        Assert.EndsWith("=", digest, StringComparison.Ordinal);
        Assert.Equal(Verification.Accept, Verify(digest));
        Assert.Equal(Verification.Reject(Malformed), Verify(digest.TrimEnd('=')));
        Assert.Equal(Verification.Reject(Malformed), Verify(digest + "="));
        Assert.Equal(Verification.Reject(Malformed), Verify(digest.Replace('+', '-').Replace('/', '_')));
        Assert.Equal(Verification.Reject(Malformed), Verify(digest[..20] + "\n" + digest[20..]));
        // The last letter carries four bits of the digest and two stray ones.
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var stray = digest[..^2] + alphabet[alphabet.IndexOf(digest[^2], StringComparison.Ordinal) | 1] + "=";
        Assert.Equal(Convert.FromBase64String(digest), Convert.FromBase64String(stray));
        Assert.Equal(Verification.Reject(Malformed), Verify(stray));

        Verification Verify(string header) => Plain(SignatureEncoding.Base64).Verify(Given.Post(body).WithHeader(Header, header));
    }

    [Fact]
    public void Digest_of_another_length_is_malformed()
    {
        var digest = Plain().Sign(Given.Post()).Header(Header)!;
        Assert.Equal(Verification.Reject(Malformed), Plain().Verify(Given.Post().WithHeader(Header, digest[..^2])));
        Assert.Equal(Verification.Reject(Malformed), Plain().Verify(Given.Post().WithHeader(Header, digest + "00")));
        Assert.Equal(Verification.Reject(Malformed), Plain().Verify(Given.Post().WithHeader(Header, digest[..^1])));
        Assert.Equal(Verification.Reject(Malformed), Timestamped().Verify(Given.Post().WithHeader(Header, Fill("t={t},v1="))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    public void Absent_or_blank_header_is_missing(string blank)
    {
        foreach (var authentication in new[] { Plain(), Plain(SignatureEncoding.Base64), Timestamped() })
        {
            Assert.Equal(Verification.Reject(Missing), authentication.Verify(Given.Post()));
            Assert.Equal(Verification.Reject(Missing), authentication.Verify(Given.Post().WithHeader(Header, blank)));
        }
    }

    [Fact]
    public void Header_is_found_in_any_case()
    {
        var digest = Plain().Sign(Given.Post()).Header(Header)!;
        Assert.Equal(Verification.Accept, Plain().Verify(Given.Post().WithHeader("x-SIGNATURE", digest)));
    }

    [Fact]
    public void One_matching_v1_of_several_is_enough()
    {
        var good = Digest(Now);
        foreach (var header in new[] { $"t={Now},v1={Other},v1={good}", $"t={Now},v1={good},v1={Other}", $"v1={good},t={Now}", $"t={Now},v1={Other},v1=nonsense,v1={good}" })
            Assert.Equal(Verification.Accept, Timestamped().Verify(Given.Post().WithHeader(Header, header)));
        Assert.Equal(Verification.Reject(Mismatch), Timestamped().Verify(Given.Post().WithHeader(Header, $"t={Now},v1={Other},v1={Other}")));
    }

    [Fact]
    public void Up_to_sixteen_digests_are_compared()
    {
        var good = Digest(Now);
        var fifteen = string.Concat(Enumerable.Repeat($",v1={Other}", 15));
        Assert.Equal(Verification.Accept, Timestamped().Verify(Given.Post().WithHeader(Header, $"t={Now}{fifteen},v1={good}")));
        Assert.Equal(Verification.Reject(Malformed), Timestamped().Verify(Given.Post().WithHeader(Header, $"t={Now}{fifteen},v1={Other},v1={good}")));
    }

    [Theory]
    [InlineData("t={t},v1={d},v0=abc")]
    [InlineData("v0={d},t={t},v2=,v1={d}")]
    [InlineData("t={t},v1={d},x=a=b=c")]
    [InlineData("=,t={t},v1={d}")]
    [InlineData("T=1,V1=2,t={t},v1={d}")]
    [InlineData(" t={t} , v1={d} ")]
    public void Unknown_parts_and_blanks_between_parts_are_passed_over(string format) =>
        Assert.Equal(Verification.Accept, Timestamped().Verify(Given.Post().WithHeader(Header, Fill(format))));

    [Theory]
    [InlineData("v1={d}")]
    [InlineData("t={t}")]
    [InlineData("t={t},v0={d}")]
    [InlineData("t={t},V1={d}")]
    [InlineData("T={t},v1={d}")]
    [InlineData("t={t},v1=xyz")]
    [InlineData("t={t},v1= {d}")]
    [InlineData("t={t},v1={d},")]
    [InlineData(",t={t},v1={d}")]
    [InlineData("t={t},v1={d},junk")]
    [InlineData("t={t};v1={d}")]
    [InlineData("t={t},t={t},v1={d}")]
    [InlineData("t={t},t={t},t={t},v1={d}")]
    [InlineData("t={t},t=,v1={d}")]
    [InlineData("t=,t={t},v1={d}")]
    [InlineData("t=,v1={d}")]
    [InlineData("t=-{t},v1={d}")]
    [InlineData("t=+{t},v1={d}")]
    [InlineData("t= {t},v1={d}")]
    [InlineData("t={t}.0,v1={d}")]
    [InlineData("t=1e9,v1={d}")]
    [InlineData("t=0x6B01,v1={d}")]
    [InlineData("t=１７９５２６２４００,v1={d}")]
    [InlineData("t=2026-11-21T12:00:00Z,v1={d}")]
    [InlineData("t=1234567890123456789,v1={d}")]
    [InlineData("t=99999999999999999999999999,v1={d}")]
    [InlineData("{d}")]
    [InlineData("=")]
    [InlineData(",")]
    public void Header_that_is_not_one_time_and_a_digest_is_malformed(string format) =>
        Assert.Equal(Verification.Reject(Malformed), Timestamped().Verify(Given.Post().WithHeader(Header, Fill(format))));

    [Theory]
    [InlineData("0")]
    [InlineData("999999999999999999")]
    [InlineData("000000000000000001")]
    public void Huge_or_tiny_signed_time_is_too_far(string time)
    {
        var header = $"t={time},v1={Convert.ToHexStringLower(Digest("SHA256", Encoding.UTF8.GetBytes($"{time}.{{}}")))}";
        Assert.Equal(Verification.Reject(TooFar), Timestamped().Verify(Given.Post().WithHeader(Header, header)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Tolerance_counts_both_ways_to_the_second(int secondsLater, bool isAccepted)
    {
        var signed = Timestamped().Sign(Given.Post());
        var verification = Timestamped().Verify(signed with { ReceivedAt = Given.Arrival.AddSeconds(secondsLater) });
        Assert.Equal(isAccepted ? Verification.Accept : Verification.Reject(TooFar), verification);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3600)]
    public void Tolerance_can_be_set(int seconds)
    {
        var authentication = new HmacAuthentication(new Secrets(Secret)) { Header = Header, Layout = SignatureLayout.Timestamped, Tolerance = TimeSpan.FromSeconds(seconds) };
        var signed = authentication.Sign(Given.Post());
        Assert.Equal(TimeSpan.FromSeconds(seconds), authentication.ReplayWindow);
        Assert.Equal(Verification.Accept, authentication.Verify(signed with { ReceivedAt = Given.Arrival.AddSeconds(seconds) }));
        Assert.Equal(Verification.Reject(TooFar), authentication.Verify(signed with { ReceivedAt = Given.Arrival.AddSeconds(seconds + 1) }));
    }

    [Fact]
    public void Zone_of_the_arrival_makes_no_difference()
    {
        var signed = Timestamped().Sign(Given.Post());
        Assert.Equal(Verification.Accept, Timestamped().Verify(signed with { ReceivedAt = Given.Arrival.ToOffset(TimeSpan.FromHours(-9)) }));
    }

    [Fact]
    public void Time_of_another_signature_does_not_match()
    {
        var header = $"t={Now + 1},v1={Digest(Now)}";
        Assert.Equal(Verification.Reject(Mismatch), Timestamped().Verify(Given.Post().WithHeader(Header, header)));
        // Written with a leading zero it is another text, and the text is what was signed.
        Assert.Equal(Verification.Reject(Mismatch), Timestamped().Verify(Given.Post().WithHeader(Header, $"t=0{Now},v1={Digest(Now)}")));
    }

    [Fact]
    public void Stale_forgery_is_a_mismatch_and_tells_nothing_about_the_time() =>
        Assert.Equal(Verification.Reject(Mismatch), Timestamped().Verify(Given.Post().WithHeader(Header, $"t=1,v1={Other}")));

    [Fact]
    public void Plain_layout_has_no_replay_window()
    {
        Assert.Null(Plain().ReplayWindow);
        Assert.Equal(TimeSpan.FromMinutes(5), Timestamped().ReplayWindow);
        var signed = Plain().Sign(Given.Post());
        Assert.Equal(Verification.Accept, Plain().Verify(signed with { ReceivedAt = Given.Arrival.AddYears(1) }));
    }

    [Theory]
    [InlineData("SHA256", SignatureEncoding.Base64, SignatureLayout.Plain, "HMAC-SHA-256 of the body, base64, header X-Signature")]
    [InlineData("SHA1", SignatureEncoding.Hex, SignatureLayout.Plain, "HMAC-SHA-1 of the body, hex, header X-Signature")]
    [InlineData("SHA512", SignatureEncoding.Hex, SignatureLayout.Timestamped, "HMAC-SHA-512 of time and body, hex, header X-Signature")]
    public void Description_names_hash_content_encoding_and_header(string hash, SignatureEncoding encoding, SignatureLayout layout, string description) =>
        Assert.Equal(description, Scheme(hash, encoding, layout).Description);

    [Fact]
    public void Body_is_checked_as_bytes_not_as_text()
    {
        byte[] body = [0xff, 0x00, 0xfe, (byte)'\r', (byte)'\n'];
        var signed = Plain().Sign(Given.Post(body));
        Assert.Equal(Verification.Accept, Plain().Verify(signed));
        Assert.Equal(Verification.Reject(Mismatch), Plain().Verify(signed with { Body = (byte[])[0xfd, .. body[1..]] }));
        Assert.Equal(Verification.Reject(Mismatch), Plain().Verify(signed with { Body = (byte[])[.. body[..3], (byte)'\n'] }));
    }

    private static string Other => new('0', 64);

    private static HmacAuthentication Plain(SignatureEncoding encoding = SignatureEncoding.Hex, string hash = "SHA256", params string[] secrets) =>
        Scheme(hash, encoding, SignatureLayout.Plain, secrets);

    private static HmacAuthentication Timestamped() => Scheme("SHA256", SignatureEncoding.Hex, SignatureLayout.Timestamped);

    private static HmacAuthentication Scheme(string hash, SignatureEncoding encoding, SignatureLayout layout, params string[] secrets) =>
        new(new Secrets(secrets is [] ? [Secret] : secrets)) { Header = Header, Hash = new HashAlgorithmName(hash), Encoding = encoding, Layout = layout };

    private static string Fill(string format) =>
        format.Replace("{t}", $"{Now}", StringComparison.Ordinal).Replace("{d}", Digest(Now), StringComparison.Ordinal);

    private static string Digest(long time) => Convert.ToHexStringLower(Digest("SHA256", Encoding.UTF8.GetBytes($"{time}.{{}}")));

#pragma warning disable CA5350 // Some vendors sign with SHA-1 still.
    private static byte[] Digest(string hash, byte[] content) => hash switch
    {
        "SHA1" => HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), content),
        "SHA256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), content),
        _ => HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), content),
    };
#pragma warning restore CA5350
}
