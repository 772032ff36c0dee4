namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class SignedContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    // Computed with: printf 'v0:1795255200:{"a":1}' | openssl dgst -sha256 -hmac secret
    private const string Vector = "v0=bd17f2e087cc16c748f696c6e7fadc27b7d7369fbcfde87d0021b64ef4fedc06";

    [Theory]
    [InlineData("")]
    [InlineData("{seconds:X-Time}")]
    [InlineData("{body}{body}")]
    [InlineData("{body}{header:}")]
    [InlineData("{body}{header:X Y}")]
    [InlineData("{body}.{")]
    [InlineData("{bdy}{body}")]
    [InlineData("{seconds:A}{milliseconds:B}{body}")]
    [InlineData("{seconds:A}{body}{seconds:A}")]
    public void Template_without_the_body_or_with_two_times_is_none(string template) => Assert.Null(SignedContent.Parse(template));

    [Theory]
    [InlineData("{body}", "the body", false)]
    [InlineData("{header:X-Id}.{body}", "headers and body", false)]
    [InlineData("v0:{seconds:X-Time}:{body}", "time and body", true)]
    [InlineData("{body}|{milliseconds:X-Time}", "time and body", true)]
    public void Signed_request_is_accepted_and_no_part_of_it_can_be_changed(string template, string description, bool signsTime)
    {
        var authentication = Authentication(template);
        Assert.Equal((description, signsTime ? TimeSpan.FromMinutes(5) : null), (authentication.Content.Description, authentication.ReplayWindow));
        var signed = authentication.Sign(Request("""{"a":1}"""));
        Assert.Equal(Verification.Accept, authentication.Verify(signed));
        Assert.Equal(Verification.Reject("the signature does not match"), authentication.Verify(signed with { Body = "{\"a\":2}"u8.ToArray() }));
        foreach (var header in authentication.Content.Headers)
        {
            Assert.Equal(Verification.Reject("the signature does not match"), authentication.Verify(signed.WithHeader(header, Changed(signed.Headers[header]))));
            Assert.Equal(Verification.Reject($"header {header} is missing"), authentication.Verify(signed.WithHeader(header, "")));
        }
        if (!signsTime) return;
        Assert.Equal(Verification.Accept, authentication.Verify(signed with { ReceivedAt = Now.AddMinutes(5) }));
        Assert.Equal(Verification.Reject("the signed time is too far from now"), authentication.Verify(signed with { ReceivedAt = Now.AddMinutes(5).AddSeconds(1) }));
        Assert.Equal(Verification.Reject("the signed time is too far from now"), authentication.Verify(signed with { ReceivedAt = Now.AddMinutes(-5).AddSeconds(-1) }));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    public void Signed_time_that_is_no_time_is_refused_even_with_a_good_signature(string time)
    {
        var signed = Signed(time);
        Assert.Equal(Verification.Reject("header X-Time is malformed"), Authentication("{seconds:X-Time}.{body}").Verify(signed));
    }

    [Fact]
    public void Signature_computed_by_other_means_is_accepted()
    {
        var request = Request("""{"a":1}""").WithHeader("X-Time", "1795255200").WithHeader("X-Sign", Vector);
        Assert.Equal(Verification.Accept, Authentication("v0:{seconds:X-Time}:{body}").Verify(request));
    }

    [Fact]
    public void Missing_header_that_is_signed_is_made_up_when_signing()
    {
        var authentication = Authentication("{header:X-Id}.{body}");
        Assert.Equal("given", authentication.Sign(Request("{}").WithHeader("X-Id", "given")).Headers["X-Id"]);
        Assert.Equal(64, authentication.Sign(Request("{}")).Headers["X-Id"].Length);
    }

    [Fact]
    public void Token_in_a_header_counts_alone_where_it_is_there()
    {
        var authentication = new TokenAuthentication(new Secrets("right", "older")) { Header = "X-Token" };
        Assert.Equal("secret in header X-Token, in the address, or basic authentication", authentication.Description);
        var request = Request("{}");
        Assert.Equal(Verification.Accept, authentication.Verify(authentication.Sign(request)));
        Assert.Equal(Verification.Accept, authentication.Verify(request.WithHeader("X-Token", "older")));
        Assert.Equal(Verification.Accept, authentication.Verify(request with { PathToken = "right" }));
        Assert.Equal(Verification.Reject("the token does not match"), authentication.Verify((request with { PathToken = "right" }).WithHeader("X-Token", "wrong")));
        Assert.Equal(Verification.Reject("header X-Token is missing, and the address carries no token, and there is no basic authentication"), authentication.Verify(request));
    }

    private static string Changed(string text) => text[..^1] + (text[^1] == '1' ? '2' : '1');

    private static HmacAuthentication Authentication(string template) => new(new Secrets("secret")) { Header = "X-Sign", Prefix = "v0=", Content = SignedContent.Parse(template)! };

    private static WebhookRequest Request(string body) =>
        new() { Method = "POST", Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Body = System.Text.Encoding.UTF8.GetBytes(body), ReceivedAt = Now };

    // The time is signed as the text it is; only a plain header can hold any text, so that one signs here.
    private static WebhookRequest Signed(string time)
    {
        var plain = Authentication("{header:X-Time}.{body}");
        return plain.Sign(Request("{}").WithHeader("X-Time", time));
    }
}
