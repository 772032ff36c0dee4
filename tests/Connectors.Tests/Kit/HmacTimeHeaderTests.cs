namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>Signatures whose time stands in a header of its own.</summary>
public sealed class HmacTimeHeaderTests
{
    private const string Header = "X-Signature";
    private const string TimeHeader = "X-Timestamp";
    private const string Secret = "5d1c7be0a94f4e2d8b63f0917ac25e48";

    private const string Missing = "header X-Timestamp is missing";
    private const string Malformed = "header X-Timestamp is malformed";
    private const string Mismatch = "the signature does not match";
    private const string TooFar = "the signed time is too far from now";

    // With Python's hmac: the text "1795262400.{"id":"evt_1"}".
    [Fact]
    public void Known_vector_signs_the_time_a_dot_and_the_body()
    {
        var signed = Authentication().Sign(Given.Post("""{"id":"evt_1"}"""));
        Assert.Equal(("1795262400", "a6803aeaacfa0dbcb1e72697eba2ddae01ff29ad6a5fbe3ecc29f18278cfc60f"), (signed.Header(TimeHeader), signed.Header(Header)));
        Assert.Equal(Verification.Accept, Authentication().Verify(signed));
    }

    [Theory]
    [InlineData(SignatureEncoding.Hex)]
    [InlineData(SignatureEncoding.Base64)]
    public void Every_secret_of_a_rotation_is_accepted(SignatureEncoding encoding)
    {
        foreach (var secret in new[] { "new", "old" })
            Assert.Equal(Verification.Accept, Authentication(encoding, "new", "old").Verify(Authentication(encoding, secret).Sign(Given.Post())));
        Assert.Equal(Verification.Reject(Mismatch), Authentication(encoding, "new", "old").Verify(Authentication(encoding, "older").Sign(Given.Post())));
    }

    [Theory]
    [InlineData("", Missing)]
    [InlineData(" ", Missing)]
    [InlineData("+1795262400", Malformed)]
    [InlineData("1795262400.0", Malformed)]
    [InlineData("１795262400", Malformed)]
    [InlineData("1795262400000000000", Malformed)]
    [InlineData("01795262400", Mismatch)]
    [InlineData("1795262401", Mismatch)]
    public void Other_time_is_refused(string time, string reason) =>
        Assert.Equal(Verification.Reject(reason), Authentication().Verify(Authentication().Sign(Given.Post()).WithHeader(TimeHeader, time)));

    [Fact]
    public void Signature_of_the_body_alone_is_refused()
    {
        var plain = new HmacAuthentication(new Secrets(Secret)) { Header = Header };
        Assert.Equal(Verification.Reject(Missing), Authentication().Verify(plain.Sign(Given.Post())));
        Assert.Equal(Verification.Reject(Mismatch), Authentication().Verify(plain.Sign(Given.Post()).WithHeader(TimeHeader, "1795262400")));
        Assert.Equal(Verification.Reject(Mismatch), plain.Verify(Authentication().Sign(Given.Post())));
    }

    [Theory]
    [InlineData(-600, true)]
    [InlineData(600, true)]
    [InlineData(-601, false)]
    [InlineData(601, false)]
    public void Time_may_be_so_far_from_the_arrival_and_no_further(int seconds, bool isAccepted)
    {
        var signed = Authentication().Sign(Given.Post());
        var later = signed with { ReceivedAt = Given.Arrival.AddSeconds(seconds) };
        Assert.Equal(isAccepted ? Verification.Accept : Verification.Reject(TooFar), Authentication().Verify(later));
        Assert.Equal(TimeSpan.FromMinutes(10), Authentication().ReplayWindow);
    }

    [Fact]
    public void Description_says_that_the_time_is_signed() =>
        Assert.Equal("HMAC-SHA-256 of time and body, hex, header X-Signature", Authentication().Description);

    private static HmacAuthentication Authentication(SignatureEncoding encoding = SignatureEncoding.Hex, params string[] secrets) => new(new Secrets(secrets is [] ? [Secret] : secrets))
    {
        Header = Header,
        Content = SignedContent.Of($"{{seconds:{TimeHeader}}}.{{body}}"),
        Encoding = encoding,
        Tolerance = TimeSpan.FromMinutes(10),
    };
}
