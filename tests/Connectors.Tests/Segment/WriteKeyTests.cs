using System.IO.Compression;
using System.Text;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Connectors.Tests.Kit;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Segment;

/// <summary>Who may call: servers with their key, pages with theirs, Segment with its signature.</summary>
public sealed class WriteKeyTests
{
    private const string ServerKey = "wk_demo_7Yh2Kd";
    private const string PageKey = "wk_page_3Tn8Qa";
    private const string Site = "https://www.example.com";
    private const string Track = """{"type":"track","event":"Signed Up","userId":"u1"}""";
    private const string SignatureOfTrack = "597c61688606983a13e4c5071b51a1292901628d";

    private static readonly VendorFolder Folder = VendorFolder.Named("Segment");

    [Fact]
    public void Key_is_found_in_every_place_that_libraries_put_it()
    {
        WebhookRequest[] requests =
        [
            Basic(ServerKey, Track),
            Given.Post($$"""{"type":"track","writeKey":"{{ServerKey}}"}"""),
            Given.Post($$"""{"batch":[],"writeKey":"{{ServerKey}}"}"""),
            Given.Post($$"""{"batch":[{"type":"track","writeKey":"{{ServerKey}}"},{"type":"track"}]}"""),
            Given.Post($$"""[{"type":"track","writeKey":"{{ServerKey}}"}]"""),
            Given.Post(Track) with { Path = "/beacon/v1/batch", Query = $"a=1&writeKey={ServerKey}" },
            Given.Post(Track) with { PathToken = ServerKey },
            Given.Post(Packed($$"""{"type":"track","writeKey":"{{ServerKey}}"}""")),
        ];
        Assert.All(requests, request => Assert.Equal(Verification.Accept, Source().Verify(request)));
    }

    [Fact]
    public void First_key_that_is_found_counts()
    {
        Refused("the write key does not match", Basic("wk_other", $$"""{"type":"track","writeKey":"{{ServerKey}}"}"""));
        Refused("the write key does not match", Given.Post("""{"batch":[{"type":"track","writeKey":"wk_other"}]}""") with { Query = $"writeKey={ServerKey}" });
    }

    [Fact]
    public void Nothing_without_a_key_is_taken()
    {
        const string reason = "there is no write key: not as user of basic authentication, nor in body or address";
        foreach (var body in new[] { Track, "", "{}", "[]", "null", """{"writeKey":""}""", """{"writeKey":7}""", """{"batch":{"writeKey":"x"}}""" }) Refused(reason, Given.Post(body));
        Refused(reason, Basic("", Track));
        Refused(reason, Given.Post(Track).WithHeader("Authorization", $"Bearer {ServerKey}"));
    }

    [Fact]
    public void Every_key_of_a_rotation_is_taken()
    {
        var source = Source(settings => settings["webhookToken"] = new JArray("wk_new", "wk_old"));
        Assert.Equal(Verification.Accept, source.Verify(Basic("wk_new", Track)));
        Assert.Equal(Verification.Accept, source.Verify(Basic("wk_old", Track)));
        Assert.IsType<Verification.Rejected>(source.Verify(Basic("wk_older", Track)));
    }

    [Theory]
    [InlineData(Site, true)]
    [InlineData("https://WWW.example.com", true)]
    [InlineData("http://www.example.com", false)]
    [InlineData("https://www.example.com.evil.example", false)]
    [InlineData("https://www.example.com:8443", false)]
    [InlineData("https://example.com", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    [InlineData(null, false)]
    public void Page_key_is_good_on_the_pages_of_its_origins_only(string? origin, bool isTaken)
    {
        var request = Basic(PageKey, Track);
        if (origin is not null) request = request.WithHeader("Origin", origin);
        if (isTaken) Assert.Equal(Verification.Accept, Source().Verify(request));
        else Refused("a browser key came from an origin that allowedOrigins does not list", request);
    }

    [Theory]
    [InlineData("""{"type":"alias","userId":"u2","previousId":"u1"}""", null)]
    [InlineData("""{"userId":"u2","previousId":"u1"}""", "/v1/a")]
    [InlineData("""{"type":"delete","userId":"u1"}""", "/v1/t")]
    [InlineData("""{"type":"track","event":"Email Bounced","userId":"u1"}""", "/v1/t")]
    [InlineData("""{"event":"email marked as SPAM","userId":"u1"}""", "/v1/t")]
    [InlineData("""{"event":"Zurückgewiesen","userId":"u1"}""", "/v1/t")]
    [InlineData("""{"batch":[{"type":"page","anonymousId":"a"},{"type":"alias","userId":"u2","previousId":"u1"}]}""", "/v1/b")]
    [InlineData("""[{"type":"page","anonymousId":"a"},{"type":"delete","userId":"u1"}]""", null)]
    [InlineData("""{"type":"page","type":"alias","userId":"u2"}""", null)]
    [InlineData("""{"batch":["alias"]}""", "/v1/b")]
    [InlineData("""{"userId":"u1"}""", null)]
    [InlineData("7", "/v1/t")]
    public void Page_key_does_not_do_what_only_servers_may(string body, string? path)
    {
        var source = Source(settings => settings["eventNames"] = new JObject { ["Zurückgewiesen"] = "Email Bounced" });
        var request = Basic(PageKey, body).WithHeader("Origin", Site) with { Path = path };
        Assert.Equal(Verification.Reject("a browser key may not alias, delete, or report bounces and complaints; a server's key may"), source.Verify(request));
        Assert.Equal(Verification.Accept, source.Verify(Basic(ServerKey, body) with { Path = path }));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("a=1")]
    public void Page_key_is_no_way_to_fill_the_quarantine(string body) =>
        Refused("a browser key came with a body that is not JSON", Basic(PageKey, body).WithHeader("Origin", Site));

    [Fact]
    public void Signature_of_segment_is_accepted_without_a_key_even_where_the_body_holds_segments_own()
    {
        var source = Source(settings => settings["webhookSecret"] = new JArray("seg-test-secret-02", "seg-test-secret-01"));
        Assert.Equal(Verification.Accept, source.Verify(Signed(Track, SignatureOfTrack)));
        Assert.Equal(Verification.Accept, source.Verify(Signed($"[{Track}]", SignatureOfTrack)));
        Assert.Equal(Verification.Reject("the signature does not match"), source.Verify(Signed(Track + " ", SignatureOfTrack)));
        const string forwarded = """{"type":"track","writeKey":"wk_of_segment","userId":"u1"}""";
        var signature = new HmacAuthentication(new Secrets("seg-test-secret-02")) { Header = "X-Signature", Hash = System.Security.Cryptography.HashAlgorithmName.SHA1 };
        Assert.Equal(Verification.Accept, source.Verify(signature.Sign(Given.Post(forwarded))));
    }

    [Fact]
    public void Events_that_segments_signature_does_not_cover_are_refused()
    {
        var source = Source(settings => settings["webhookSecret"] = "seg-test-secret-01");
        var two = $$"""[{{Track}},{"type":"track","event":"B","userId":"u1"}]""";
        Assert.Equal(Verification.Reject("of several events only the first is signed: turn batching off at the Webhooks destination"), source.Verify(Signed(two, SignatureOfTrack)));
        Assert.Equal(Verification.Accept, source.Verify(Signed(two, SignatureOfTrack) with { PathToken = ServerKey }));
    }

    [Fact]
    public void Signature_proves_nothing_where_no_secret_is_configured()
    {
        var source = Source(settings => settings.Remove("webhookSecret"));
        Assert.IsType<Verification.Rejected>(source.Verify(Signed(Track, SignatureOfTrack)));
    }

    [Theory]
    [InlineData("""{"writeKey":"wk_demo_7Yh2Kd","a":"wk_demo_7Yh2Kd"}""", """{"writeKey":"**************","a":"**************"}""")]
    [InlineData("""{"batch":[{"writeKey":"wk_demo_7Yh2Kd"}]}""", """{"batch":[{"writeKey":"**************"}]}""")]
    [InlineData("""{"writeKey":"wk\u005fdemo_7Yh2Kd"}""", """{"writeKey":"*******************"}""")]
    [InlineData("""{"writeKey":"wk_demo_7Yh2Kd",""", """{"writeKey":"**************",""")]
    [InlineData("""{"title":"all about wk_demo_7Yh2Kd","writeKey":"wk_page_3Tn8Qa"}""", """{"title":"all about wk_demo_7Yh2Kd","writeKey":"wk_page_3Tn8Qa"}""")]
    public void Key_of_servers_is_not_stored(string body, string stored)
    {
        Assert.Equal(stored, Encoding.UTF8.GetString(Source().Authentication.WithoutProof(Encoding.UTF8.GetBytes(body)).Span));
        Assert.Equal(stored, Encoding.UTF8.GetString(Source().Authentication.WithoutProof(Packed(body)).Span));
    }

    [Fact]
    public void Body_that_unpacks_to_too_much_or_not_at_all_is_refused()
    {
        Refused("the body is packed and can't be unpacked", Basic(ServerKey, "") with { Body = Packed(new string(' ', (10 * 1024 * 1024) + 1)) });
        Refused("the body is packed and can't be unpacked", Basic(ServerKey, "") with { Body = new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF } });
    }

    [Theory]
    [InlineData("/v1/t", true)]
    [InlineData("/v1/import/", true)]
    [InlineData("/v1", false)]
    [InlineData("/v1/T", false)]
    [InlineData("/v1/pixel/track", false)]
    [InlineData("/beacon/v1/track", false)]
    public void Paths_of_tracking_calls_are_served_and_no_others(string path, bool isServed)
    {
        var verification = Source().Verify(Basic(ServerKey, Track) with { Path = path });
        Assert.Equal(isServed ? Verification.Accept : Verification.Reject("the path is none of the tracking calls"), verification);
    }

    [Fact]
    public void Browser_that_asks_before_it_calls_is_answered_for_allowed_origins_only()
    {
        var ask = Given.Post("") with { Method = "OPTIONS", Path = "/v1/t" };
        var reply = Assert.IsType<Verification.Handshake>(Source().Verify(ask.WithHeader("Origin", Site))).Reply;
        Assert.Equal((204, Site, "POST, OPTIONS", "authorization, content-type, x-retry-count"),
            (reply.StatusCode, reply.Headers["Access-Control-Allow-Origin"], reply.Headers["Access-Control-Allow-Methods"], reply.Headers["Access-Control-Allow-Headers"]));
        Refused("a browser asked for an origin that allowedOrigins does not list", ask.WithHeader("Origin", "https://evil.example"));
        Refused("a browser asked for an origin that allowedOrigins does not list", ask);
    }

    [Theory]
    [InlineData("allowedOrigins", "[]", "browserKeys", "needs allowedOrigins: name the origins of the pages that the keys stand in")]
    [InlineData("browserKeys", """["wk_demo_7Yh2Kd"]""", "browserKeys", "holds a key that is in webhookToken too: what stands in a page is no secret; take another key for it")]
    [InlineData("browserKeys", """[" "]""", "browserKeys", "holds a key that is blank")]
    [InlineData("allowedOrigins", """["https://www.example.com/"]""", "allowedOrigins", "\"https://www.example.com/\" is not an origin; write scheme, host and port only, for example \"https://www.example.com\"")]
    [InlineData("allowedOrigins", """["*"]""", "allowedOrigins", "\"*\" is not an origin; write scheme, host and port only, for example \"https://www.example.com\"")]
    [InlineData("eventNames", """{"Kauf":"Order Complete"}""", "eventNames", "maps \"Kauf\" to \"Order Complete\"; did you mean \"Order Completed\"?")]
    [InlineData("consentCategories", """{"News":"mail"}""", "consentCategories", "maps \"News\" to \"mail\"; there are: email, sms, phone, post")]
    public void Settings_that_would_open_the_door_are_refused(string setting, string value, string path, string problem)
    {
        var settings = Folder.Settings;
        settings[setting] = JToken.Parse(value);
        Assert.Null(Folder.Description.Bind(settings, out var errors));
        Assert.Contains(errors, error => error.Path == path && error.Problem == problem);
    }

    private static void Refused(string reason, WebhookRequest request) => Assert.Equal(Verification.Reject(reason), Source().Verify(request));

    private static IWebhookSource Source(Action<JObject>? change = null)
    {
        var settings = Folder.Settings;
        change?.Invoke(settings);
        return Folder.Source(settings);
    }

    private static WebhookRequest Basic(string key, string body) =>
        Given.Post(body).WithHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));

    private static WebhookRequest Signed(string body, string signature) => Given.Post(body).WithHeader("X-Signature", signature);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
