using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class EcdsaAuthenticationTests
{
    private const string Header = "X-Signature";
    private const string TimeHeader = "X-Time";

    private static readonly Verification Mismatch = Verification.Reject("the signature does not match");
    private static readonly Verification TooFar = Verification.Reject("the signed time is too far from now");
    private static readonly Verification Malformed = Verification.Reject("header X-Signature is malformed");

    // Made with OpenSSL 3: printf '1795262400{"a":1}\r\n' | openssl dgst -sha256 -sign.
    private const string Vector = "MEUCIQCaA72XEidqR2zhwksm4qWA7xrGfT2vcJhXUucydBQx9gIgUsMmPSAM6ICO6rcGfFePdAWFkvMMnQozA8Nu7YsYz2k=";

    private static long Now => Given.Arrival.ToUnixTimeSeconds();

    [Fact]
    public void Signature_of_another_library_is_accepted_for_exactly_its_bytes()
    {
        var request = Given.Post("{\"a\":1}\r\n").WithHeader(Header, Vector).WithHeader(TimeHeader, $"{Now}");
        Assert.Equal(Verification.Accept, Of(EcdsaKeyTests.Public).Verify(request));
        Assert.Equal(Mismatch, Of(EcdsaKeyTests.Public).Verify(request with { Body = "{\"a\":1}"u8.ToArray() }));
        Assert.Equal(Mismatch, Of(EcdsaKeyTests.Public).Verify(request with { Body = "{\"a\":1}\n"u8.ToArray() }));
        Assert.Equal(Mismatch, Of(EcdsaKeyTests.Public).Verify(request.WithHeader(TimeHeader, $"{Now + 1}")));
        Assert.Equal(Mismatch, Of(EcdsaKeyTests.Public).Verify(request.WithHeader(TimeHeader, $"0{Now}")));
    }

    [Fact]
    public void Digits_that_move_from_the_body_to_the_time_make_the_time_absurd()
    {
        var signed = Of(EcdsaKeyTests.Private).Sign(Given.Post("5{}"));
        Assert.Equal(TooFar, Of(EcdsaKeyTests.Public).Verify(signed.WithHeader(TimeHeader, $"{Now}5") with { Body = "{}"u8.ToArray() }));
    }

    [Fact]
    public void Public_key_verifies_what_its_private_one_signs_and_refuses_to_sign()
    {
        var (vendor, hub) = (Of(EcdsaKeyTests.Private), Of(EcdsaKeyTests.Public));
        Assert.Equal((true, false), (vendor.CanSign, hub.CanSign));
        Assert.Equal(Verification.Accept, hub.Verify(vendor.Sign(Given.Post())));
        Assert.Equal(Verification.Accept, vendor.Verify(vendor.Sign(Given.Post())));
        Assert.Equal("The connection holds a public key, which can't sign: only the vendor has the private one.",
            Assert.Throws<InvalidOperationException>(() => hub.Sign(Given.Post())).Message);
    }

    [Fact]
    public void Every_key_of_a_rotation_is_accepted_and_the_first_private_one_signs()
    {
        string[] vendors = [EcdsaKey.NewPrivate(), EcdsaKeyTests.Private];
        var rotating = Of(EcdsaKeyTests.Public, vendors[0]);
        foreach (var vendor in vendors) Assert.Equal(Verification.Accept, rotating.Verify(Of(vendor).Sign(Given.Post())));
        Assert.Equal(Verification.Accept, Of(vendors[0]).Verify(rotating.Sign(Given.Post())));
        Assert.Equal(Mismatch, rotating.Verify(Of(EcdsaKey.NewPrivate()).Sign(Given.Post())));
    }

    [Fact]
    public void Connector_with_a_text_that_is_no_key_is_not_created() =>
        Assert.Equal("A key is neither a public nor a private one for ECDSA.", Assert.Throws<FormatException>(() => Of(EcdsaKeyTests.Public, "secret")).Message);

    [Fact]
    public void Each_header_must_be_there()
    {
        var signed = Of(EcdsaKeyTests.Private).Sign(Given.Post());
        foreach (var header in new[] { Header, TimeHeader })
        {
            foreach (var blank in new[] { "", " ", "\t" })
                Assert.Equal(Verification.Reject($"header {header} is missing"), Of(EcdsaKeyTests.Public).Verify(signed.WithHeader(header, blank)));
        }
        Assert.Equal(Verification.Reject("header X-Signature is missing"), Of(EcdsaKeyTests.Public).Verify(Given.Post()));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("1795262400.0")]
    [InlineData("１７９５２６２４００")]
    [InlineData("9999999999999999999")]
    public void Time_that_is_not_whole_seconds_is_malformed(string time) =>
        Assert.Equal(Verification.Reject("header X-Time is malformed"), Of(EcdsaKeyTests.Public).Verify(Of(EcdsaKeyTests.Private).Sign(Given.Post()).WithHeader(TimeHeader, time)));

    [Fact]
    public void Signature_is_read_in_its_one_standard_spelling()
    {
        var signed = Of(EcdsaKeyTests.Private).Sign(Given.Post());
        var signature = signed.Header(Header)!;
        Assert.Equal(Verification.Accept, With($" {signature} "));
        foreach (var other in new[] { "=", "ÿ", "a", signature + "A", signature + "====", signature.Insert(8, "\n"), new string('A', 256 + 4), new string('A', 1_000_000) })
            Assert.Equal(Malformed, With(other));

        Verification With(string header) => Of(EcdsaKeyTests.Public).Verify(signed.WithHeader(Header, header));
    }

    [Fact]
    public void Numbers_joined_without_DER_do_not_match()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(EcdsaKeyTests.Private), out _);
        var joined = key.SignData(Encoding.UTF8.GetBytes($"{Now}{{}}"), HashAlgorithmName.SHA256);
        Assert.Equal(Mismatch, Of(EcdsaKeyTests.Public).Verify(Given.Post().WithHeader(TimeHeader, $"{Now}").WithHeader(Header, Convert.ToBase64String(joined))));
    }

    [Fact]
    public void Changed_signatures_are_never_accepted()
    {
        var signed = Of(EcdsaKeyTests.Private).Sign(Given.Post());
        var signature = Convert.FromBase64String(signed.Header(Header)!);
        foreach (var changed in Given.Mutations(signature, count: 2_000, seed: 17).Where(changed => !changed.SequenceEqual(signature)).Append([]).Append(new byte[72]))
            Assert.IsType<Verification.Rejected>(Of(EcdsaKeyTests.Public).Verify(signed.WithHeader(Header, Convert.ToBase64String(changed))));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Tolerance_counts_both_ways_to_the_second(int secondsLater, bool isAccepted)
    {
        var signed = Of(EcdsaKeyTests.Private).Sign(Given.Post());
        Assert.Equal(isAccepted ? Verification.Accept : TooFar, Of(EcdsaKeyTests.Public).Verify(signed with { ReceivedAt = Given.Arrival.AddSeconds(secondsLater) }));
    }

    [Fact]
    public void Tolerance_is_the_replay_window()
    {
        var authentication = new EcdsaAuthentication(new Secrets(EcdsaKeyTests.Private)) { Header = Header, TimeHeader = TimeHeader, Tolerance = TimeSpan.FromHours(25) };
        Assert.Equal(TimeSpan.FromHours(25), authentication.ReplayWindow);
        Assert.Equal(Verification.Accept, authentication.Verify(authentication.Sign(Given.Post()) with { ReceivedAt = Given.Arrival.AddHours(25) }));
    }

    [Fact]
    public void One_authentication_serves_many_threads()
    {
        var (vendor, hub) = (Of(EcdsaKeyTests.Private), Of(EcdsaKeyTests.Public));
        Parallel.For(0, 500, number => Assert.Equal(Verification.Accept, hub.Verify(vendor.Sign(Given.Post($"{number}")))));
    }

    [Fact]
    public void Description_names_the_scheme_and_no_key() => Assert.Equal("ECDSA-SHA-256 of time and body, base64, header X-Signature", Of(EcdsaKeyTests.Public).Description);

    private static EcdsaAuthentication Of(params string[] keys) => new(new Secrets(keys)) { Header = Header, TimeHeader = TimeHeader };
}
