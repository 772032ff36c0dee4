using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>Signatures of the body and an HTTP date in a header.</summary>
public sealed class HmacDateHeaderTests
{
    private const string Header = "X-Signature";
    private const string DateHeader = "X-Date";
    private const string Date = "Sat, 21 Nov 2026 12:00:00 GMT";

    private static readonly Verification Mismatch = Verification.Reject("the signature does not match");
    private static readonly Verification TooFar = Verification.Reject("the signed time is too far from now");

    // printf '{"a":1}\nSat, 21 Nov 2026 12:00:00 GMT' | openssl dgst -sha256 -hmac secret-of-the-kit
    private const string Vector = "657d2738014619764304e7bc084e70e64a677d681a488ae7e5b514b13efad788";

    [Fact]
    public void Signature_of_another_library_is_accepted_and_made_alike()
    {
        var request = Given.Post("{\"a\":1}\n");
        var signed = Of("secret-of-the-kit").Sign(request);
        Assert.Equal((Vector, Date), (signed.Header(Header), signed.Header(DateHeader)));
        Assert.Equal(Verification.Accept, Of("secret-of-the-kit").Verify(request.WithHeader(Header, Vector).WithHeader(DateHeader, Date)));
        Assert.Equal(Verification.Accept, Of("secret-of-the-kit").Verify(request.WithHeader(Header, $" {Vector.ToUpperInvariant()} ").WithHeader(DateHeader, $" {Date} ")));
    }

    [Fact]
    public void Body_and_date_are_both_signed_in_this_order()
    {
        var signed = Of("s").Sign(Given.Post());
        Assert.Equal(Mismatch, Of("s").Verify(signed with { Body = "{} "u8.ToArray() }));
        Assert.Equal(Mismatch, Of("s").Verify(signed.WithHeader(DateHeader, "Sat, 21 Nov 2026 12:00:01 GMT")));
        var dateFirst = HMACSHA256.HashData("s"u8, Encoding.UTF8.GetBytes(Date + "{}"));
        Assert.Equal(Mismatch, Of("s").Verify(signed.WithHeader(Header, Convert.ToHexStringLower(dateFirst))));
    }

    [Fact]
    public void Every_secret_of_a_rotation_is_accepted_and_the_first_signs()
    {
        var rotating = Of("new", "old");
        foreach (var secret in new[] { "new", "old" }) Assert.Equal(Verification.Accept, rotating.Verify(Of(secret).Sign(Given.Post())));
        Assert.Equal(Mismatch, rotating.Verify(Of("older").Sign(Given.Post())));
        Assert.Equal(Of("new").Sign(Given.Post()).Header(Header), rotating.Sign(Given.Post()).Header(Header));
    }

    [Theory]
    [InlineData("1795262400")]
    [InlineData("2026-11-21T12:00:00Z")]
    [InlineData("Sat, 21 Nov 2026 12:00:00")]
    [InlineData("Sat, 21 Nov 2026 12:00:00 +0000")]
    [InlineData("Fri, 21 Nov 2026 12:00:00 GMT")]
    [InlineData("Sat, 21 Nov 26 12:00:00 GMT")]
    [InlineData("Sa, 21. Nov. 2026 12:00:00 GMT")]
    public void Date_that_is_no_http_date_is_malformed(string date)
    {
        var digest = HMACSHA256.HashData("s"u8, Encoding.UTF8.GetBytes("{}" + date));
        var request = Given.Post().WithHeader(DateHeader, date).WithHeader(Header, Convert.ToHexStringLower(digest));
        Assert.Equal(Verification.Reject("header X-Date is malformed"), Of("s").Verify(request));
    }

    [Fact]
    public void Signature_that_is_not_64_hexadecimal_digits_is_malformed()
    {
        var signed = Of("s").Sign(Given.Post());
        var digest = signed.Header(Header)!;
        foreach (var broken in new[] { "=", "ÿ", digest[..^1], digest[..^2], digest + "0", digest + "00", "sha256=" + digest, digest.Insert(8, " "), new string('a', 100_000) })
            Assert.Equal(Verification.Reject("header X-Signature is malformed"), Of("s").Verify(signed.WithHeader(Header, broken)));
    }

    [Fact]
    public void Each_header_must_be_there()
    {
        var signed = Of("s").Sign(Given.Post());
        foreach (var header in new[] { Header, DateHeader })
        {
            foreach (var blank in new[] { "", " ", "\t" })
                Assert.Equal(Verification.Reject($"header {header} is missing"), Of("s").Verify(signed.WithHeader(header, blank)));
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Tolerance_counts_both_ways_to_the_second(int secondsLater, bool isAccepted)
    {
        var verification = Of("s").Verify(Of("s").Sign(Given.Post()) with { ReceivedAt = Given.Arrival.AddSeconds(secondsLater) });
        Assert.Equal(isAccepted ? Verification.Accept : TooFar, verification);
    }

    [Fact]
    public void Changed_bodies_and_signatures_are_never_accepted()
    {
        var signed = Of("s").Sign(Given.Post("""{"name":"Zoë","id":17}"""));
        foreach (var body in Given.Mutations(signed.Body.ToArray(), count: 1_000, seed: 23).Where(body => !body.AsSpan().SequenceEqual(signed.Body.Span)))
            Assert.Equal(Mismatch, Of("s").Verify(signed with { Body = body }));
        var digest = Convert.FromHexString(signed.Header(Header)!);
        foreach (var changed in Given.Mutations(digest, count: 1_000, seed: 29).Where(changed => !changed.SequenceEqual(digest)))
            Assert.IsType<Verification.Rejected>(Of("s").Verify(signed.WithHeader(Header, Convert.ToHexString(changed))));
    }

    [Fact]
    public void Description_and_window_are_told()
    {
        var authentication = new HmacAuthentication(new Secrets("s")) { Header = Header, Content = BodyAndDate, Tolerance = TimeSpan.FromHours(49) };
        Assert.Equal(("HMAC-SHA-256 of time and body, hex, header X-Signature", TimeSpan.FromHours(49), true), (authentication.Description, authentication.ReplayWindow, authentication.CanSign));
    }

    private static SignedContent BodyAndDate { get; } = SignedContent.Of($"{{body}}{{date:{DateHeader}}}");

    private static HmacAuthentication Of(params string[] secrets) => new(new Secrets(secrets)) { Header = Header, Content = BodyAndDate };
}
