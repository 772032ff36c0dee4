using IntegrationHub.Connectors.HubSpot;
using IntegrationHub.Connectors.Tests.Kit;

namespace IntegrationHub.Connectors.Tests.HubSpot;

public sealed class HubSpotSignatureTests
{
    private const string Secret = "hs-test-client-secret-0001";
    private const string Signature = "X-HubSpot-Signature-v3";
    private const string Time = "X-HubSpot-Request-Timestamp";
    private const string Address = "https://hub.example.com/webhooks/crm";

    private static readonly Verification Mismatch = Verification.Reject("the signature does not match; it covers the address, so Hub:PublicUrl must be as HubSpot has it");
    private static readonly Verification TooFar = Verification.Reject("the signed time is too far from now");

    [Fact]
    public void Without_a_public_address_a_signed_request_is_refused_with_what_to_set() =>
        Assert.Equal(
            Verification.Reject("the address that was called is signed, and not known: set Hub:PublicUrl to the address under which HubSpot reaches the hub"),
            Source().Verify(Signed() with { Url = null }));

    [Theory]
    [InlineData("https://hub.example.com/webhooks/crm?next=%2Fa", "https://hub.example.com/webhooks/crm?next=/a", true)]
    [InlineData("https://hub.example.com/webhooks/crm?a=%3A%3F%40%21%24%27%28%29%2A%2C%3B", "https://hub.example.com/webhooks/crm?a=:?@!$'()*,;", true)]
    [InlineData("https://hub.example.com/webhooks/crm?a=%20%2B%22%25%26", "https://hub.example.com/webhooks/crm?a= +\"%&", false)]
    [InlineData("https://hub.example.com/webhooks/crm?a=%253A", "https://hub.example.com/webhooks/crm?a=%3A", false)]
    public void Of_the_address_only_some_escapes_are_decoded(string called, string other, bool isSame)
    {
        var signed = Source().Authentication.Sign(Request() with { Url = new Uri(called) });
        Assert.Equal(isSame ? Verification.Accept : Mismatch, Source().Verify(signed with { Url = new Uri(other) }));
    }

    [Theory]
    [InlineData("http://hub.example.com/webhooks/crm")]
    [InlineData("https://hub.example.com:8443/webhooks/crm")]
    [InlineData("https://inner/webhooks/crm")]
    [InlineData("https://hub.example.com/webhooks/crm/")]
    [InlineData("https://hub.example.com/webhooks/crm?")]
    [InlineData("https://hub.example.com/webhooks/other")]
    [InlineData("https://HUB.example.com/webhooks/crm")]
    public void Another_address_is_refused(string address) => Assert.Equal(Mismatch, Source().Verify(Signed() with { Url = new Uri(address) }));

    [Fact]
    public void Another_method_and_a_changed_time_are_refused()
    {
        var signed = Signed();
        Assert.Equal(Mismatch, Source().Verify(signed with { Method = "PUT" }));
        Assert.Equal(Mismatch, Source().Verify(signed.WithHeader(Time, $"{Given.Arrival.ToUnixTimeMilliseconds() + 1}")));
    }

    [Theory]
    [InlineData(300_000, true)]
    [InlineData(-300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(-300_001, false)]
    public void Time_counts_both_ways_to_the_millisecond(int later, bool isAccepted) =>
        Assert.Equal(isAccepted ? Verification.Accept : TooFar, Source().Verify(Signed() with { ReceivedAt = Given.Arrival.AddMilliseconds(later) }));

    [Theory]
    [InlineData("1795262400")]
    [InlineData("179526240000")]
    public void Seconds_in_place_of_milliseconds_are_refused_even_when_signed(string time)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        var signed = Source().Authentication.Sign(Request() with { ReceivedAt = at });
        Assert.Equal(TooFar, Source().Verify(signed with { ReceivedAt = Given.Arrival }));
    }

    // They are plain hashes of secret and body, which anybody who has seen one can lengthen, and the first holds no time.
    [Fact]
    public void Signatures_of_versions_1_and_2_prove_nothing()
    {
        var body = """[{"eventId":1,"subscriptionType":"contact.creation","portalId":62515,"objectId":123,"occurredAt":1795183530412}]""";
        var request = Given.Post(body) with { Url = new Uri("https://hub.example.com/hooks/hubspot") };
        foreach (var (version, signature) in new[] { ("v1", "087d7ccf2d5878959ea6597fd8c6da704a10af7c264295ea493bf625bb07d6d1"), ("v2", "434b0e36d2611279432ac2855d66c759835d50049847822c5797c183322faebe") })
            Assert.Equal(Verification.Reject($"header {Signature} is missing"), Source().Verify(request.WithHeader("X-HubSpot-Signature", signature).WithHeader("X-HubSpot-Signature-Version", version)));
    }

    private static WebhookRequest Request() => Given.Post("[]") with { Url = new Uri(Address) };

    private static WebhookRequest Signed() => Source().Authentication.Sign(Request());

    private static IWebhookSource Source() => new HubSpotConnector(new HubSpotSettings { WebhookSecret = new Secrets(Secret), PortalId = "8675309", AccessToken = "t" });
}
