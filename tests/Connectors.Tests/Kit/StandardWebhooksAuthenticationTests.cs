using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class StandardWebhooksAuthenticationTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Signature = "webhook-signature";

    // printf 'msg_p5jXN8AQM9LWM0D4loKWxJek.1795262400.{"test": 2432232314}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:<the secret, base64-decoded> -binary | base64
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"test": 2432232314}""";
    private const string Vector = "v1,GALB0L/vVj1Vtn4D1XMbFAiY1WWNWkqDGYUIfRSue34=";

    private static readonly Verification Mismatch = Verification.Reject("the signature does not match");
    private static readonly Verification TooFar = Verification.Reject("the signed time is too far from now");

    [Fact]
    public void Signature_of_another_library_is_accepted_and_made_alike()
    {
        var request = Given.Post(Body).WithHeader("webhook-id", Id);
        var signed = Base64(Secret).Sign(request);
        Assert.Equal((Id, "1795262400", Vector), (signed.Header("webhook-id"), signed.Header("webhook-timestamp"), signed.Header(Signature)));
        Assert.Equal(Verification.Accept, Base64(Secret["whsec_".Length..]).Verify(signed));
    }

    [Fact]
    public void Text_of_a_secret_is_the_key_where_the_vendor_says_so()
    {
        var signed = Text("client-secret").Sign(Given.Post(Body));
        var encoded = Convert.ToBase64String("client-secret"u8);
        Assert.Equal(Verification.Accept, Base64(encoded).Verify(signed));
        Assert.Equal(Mismatch, Text(encoded).Verify(signed));
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not-base64!")]
    [InlineData("abcde")]
    public void Secret_that_is_not_base64_makes_no_proof(string secret) => Assert.Throws<FormatException>(() => Base64(secret));

    [Fact]
    public void Id_time_and_body_are_all_signed()
    {
        var signed = Text("s").Sign(Given.Post(Body));
        Assert.Equal(Mismatch, Text("s").Verify(signed with { Body = "{} "u8.ToArray() }));
        Assert.Equal(Mismatch, Text("s").Verify(signed.WithHeader("webhook-timestamp", "1795262401")));
        Assert.Equal(Mismatch, Text("s").Verify(signed.WithHeader("webhook-id", "msg_other")));
    }

    [Fact]
    public void Dot_in_the_id_is_malformed_even_when_it_is_signed_like_that()
    {
        var signed = Text("s").Sign(Given.Post("""7.{"a":1}""").WithHeader("webhook-id", "msg_1"));
        var shifted = signed.WithHeader("webhook-id", "msg_1.1795262400").WithHeader("webhook-timestamp", "7") with { Body = """{"a":1}"""u8.ToArray() };
        Assert.Equal(Verification.Accept, Text("s").Verify(signed));
        Assert.Equal(Verification.Reject("header webhook-id is malformed"), Text("s").Verify(shifted));
    }

    [Fact]
    public void Any_of_several_signatures_may_match_and_other_versions_are_passed_over()
    {
        var signed = Text("s").Sign(Given.Post(Body));
        var good = signed.Header(Signature)!;
        var other = "v1," + Convert.ToBase64String(new byte[32]);
        foreach (var header in new[] { $"{other} {good}", $"{good} {other}", $"v1a,{Convert.ToBase64String(new byte[64])} {good}", $"  {good}  ", $"junk v1,junk {good}" })
            Assert.Equal(Verification.Accept, Text("s").Verify(signed.WithHeader(Signature, header)));
        Assert.Equal(Mismatch, Text("s").Verify(signed.WithHeader(Signature, $"{other} {other}")));
        var fifteen = string.Join(' ', Enumerable.Repeat(other, 15));
        Assert.Equal(Verification.Accept, Text("s").Verify(signed.WithHeader(Signature, $"{fifteen} {good}")));
        Assert.Equal(Verification.Reject("header webhook-signature is malformed"), Text("s").Verify(signed.WithHeader(Signature, $"{fifteen} {other} {good}")));
    }

    [Fact]
    public void Signature_in_another_spelling_is_malformed()
    {
        var signed = Text("s").Sign(Given.Post(Body));
        var digest = signed.Header(Signature)![3..];
        foreach (var broken in new[] { digest, "v1", "v1,", $"v1={digest}", $"V1,{digest}", $"v1,{digest[..^1]}", $"v1,{digest}A", $"v1,{digest},{digest}", $"v1, {digest}", $"v2,{digest}", $"v1,{Convert.ToHexString(Convert.FromBase64String(digest))}", $"v1,{digest[..20]}\n{digest[20..]}", "ÿ", new string('a', 100_000) })
            Assert.Equal(Verification.Reject("header webhook-signature is malformed"), Text("s").Verify(signed.WithHeader(Signature, broken)));
    }

    [Theory]
    [InlineData("-1795262400")]
    [InlineData("1795262400.0")]
    [InlineData("2026-11-21T12:00:00Z")]
    [InlineData("1e9")]
    [InlineData("１７９５２６２４００")]
    [InlineData("1234567890123456789")]
    public void Time_that_is_not_whole_seconds_is_malformed(string time)
    {
        var signed = Text("s").Sign(Given.Post(Body));
        Assert.Equal(Verification.Reject("header webhook-timestamp is malformed"), Text("s").Verify(signed.WithHeader("webhook-timestamp", time)));
    }

    [Fact]
    public void Each_header_must_be_there()
    {
        var signed = Text("s").Sign(Given.Post(Body));
        foreach (var header in new[] { "webhook-id", "webhook-timestamp", Signature })
        {
            foreach (var blank in new[] { "", " ", "\t" })
                Assert.Equal(Verification.Reject($"header {header} is missing"), Text("s").Verify(signed.WithHeader(header, blank)));
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
        var verification = Text("s").Verify(Text("s").Sign(Given.Post(Body)) with { ReceivedAt = Given.Arrival.AddSeconds(secondsLater) });
        Assert.Equal(isAccepted ? Verification.Accept : TooFar, verification);
    }

    [Fact]
    public void Every_secret_of_a_rotation_is_accepted_and_the_first_signs()
    {
        var rotating = Text("new", "old");
        var request = Given.Post(Body);
        foreach (var secret in new[] { "new", "old" }) Assert.Equal(Verification.Accept, rotating.Verify(Text(secret).Sign(request)));
        Assert.Equal(Mismatch, rotating.Verify(Text("older").Sign(request)));
        Assert.Equal(Text("new").Sign(request).Header(Signature), rotating.Sign(request).Header(Signature));
    }

    [Fact]
    public void Names_of_the_headers_can_begin_otherwise()
    {
        var svix = new StandardWebhooksAuthentication(new Secrets("s"), StandardWebhooksSecret.Text) { HeaderPrefix = "svix" };
        var signed = svix.Sign(Given.Post(Body));
        Assert.Equal(["svix-id", "svix-signature", "svix-timestamp"], signed.Headers.Keys.Where(name => name != "Content-Type").Order(StringComparer.Ordinal));
        Assert.Equal(Verification.Accept, svix.Verify(signed));
        Assert.Equal(Verification.Reject("header webhook-id is missing"), Text("s").Verify(signed));
    }

    [Fact]
    public void Changed_bodies_and_signatures_are_never_accepted()
    {
        var signed = Text("s").Sign(Given.Post("""{"name":"Zoë","id":17}"""));
        foreach (var body in Given.Mutations(signed.Body.ToArray(), count: 1_000, seed: 31).Where(body => !body.AsSpan().SequenceEqual(signed.Body.Span)))
            Assert.Equal(Mismatch, Text("s").Verify(signed with { Body = body }));
        var header = Encoding.UTF8.GetBytes(signed.Header(Signature)!);
        foreach (var changed in Given.Mutations(header, count: 1_000, seed: 37).Select(Encoding.Latin1.GetString).Where(changed => !changed.Split(' ').Contains(signed.Header(Signature), StringComparer.Ordinal)))
            Assert.IsType<Verification.Rejected>(Text("s").Verify(signed.WithHeader(Signature, changed)));
    }

    [Fact]
    public void Request_without_an_id_is_signed_with_one_of_its_body()
    {
        var signed = Text("s").Sign(Given.Post(Body));
        Assert.Equal("msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)))[..24], signed.Header("webhook-id"));
        Assert.Equal(("HMAC-SHA-256 of id, time and body, base64, header webhook-signature", TimeSpan.FromMinutes(5), true), (Text("s").Description, Text("s").ReplayWindow, Text("s").CanSign));
    }

    private static StandardWebhooksAuthentication Base64(params string[] secrets) => new(new Secrets(secrets), StandardWebhooksSecret.Base64);

    private static StandardWebhooksAuthentication Text(params string[] secrets) => new(new Secrets(secrets), StandardWebhooksSecret.Text);
}
