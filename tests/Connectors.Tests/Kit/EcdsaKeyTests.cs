using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class EcdsaKeyTests
{
    /// <summary>A pair for tests alone.</summary>
    public const string Public = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZafA3LZejrkhCa/5S+QE3+PbceF7VaMUIq4GMhsel8jdCwLqpHHcy8BU9b1XFgvUg0PAEb4XYK7cbzkYwNZaBQ==";

    public const string Private =
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2kdRGaBx4cNoaBH9a1X2mzhlsKRDc1Sx/7jbdtQtaQuhRANCAARlp8Dctl6OuSEJr/lL5ATf49tx4XtVoxQirgYyGx6XyN0LAuqkcdzLwFT1vVcWC9SDQ8ARvhdgrtxvORjA1loF";

    private const string LongerCurve = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAELjFnDPlFmwjNK498Hn/XtlBFgiuHALqMQd28glrCvbufV67Acbk0twmJSbjIkceMAHLEqZIIM2L/QLbL7aMN3KA0m/KHDVJquOw34FQOGaA2QAGa/3SJRoZYJOA2zAzp";

    private static readonly byte[] Digest = SHA256.HashData("what is signed"u8);

    [Fact]
    public void Public_half_verifies_what_the_private_one_signed_and_can_not_sign()
    {
        var (reader, signer) = (Parse(Public), Parse(Private));
        Assert.Equal((false, true), (reader.IsPrivate, signer.IsPrivate));
        var signature = signer.Sign(Digest);
        Assert.True(reader.Verify(Digest, signature));
        Assert.True(signer.Verify(Digest, signature));
        Assert.False(reader.Verify(SHA256.HashData("something else"u8), signature));
        Assert.Equal("A public key can't sign: only the vendor has the private one.", Assert.Throws<InvalidOperationException>(() => reader.Sign(Digest)).Message);
    }

    [Theory]
    [InlineData(Public)]
    [InlineData(Public + "\n")]
    [InlineData("  " + Public)]
    [InlineData(LongerCurve)]
    [InlineData(Private)]
    public void Keys_in_base64_are_read(string text) => Assert.NotNull(EcdsaKey.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("secret")]
    [InlineData("AAAA")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n" + Public + "\n-----END PUBLIC KEY-----")]
    // The point is not on the curve.
    [InlineData("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZafA3LZejrkhCa/5S+QE3+PbceF7VaMUIq4GMhsel8jdCwLqpHHcy8BU9b1XFgvUg0PAEb4XYK7cbzkYwNZaBA==")]
    // One byte too many, after each kind.
    [InlineData("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZafA3LZejrkhCa/5S+QE3+PbceF7VaMUIq4GMhsel8jdCwLqpHHcy8BU9b1XFgvUg0PAEb4XYK7cbzkYwNZaBQA=")]
    [InlineData(Private + "AA==")]
    // The same private key in the older form (SEC 1), and encrypted.
    [InlineData("MHcCAQEEINpHURmgceHDaGgR/WtV9ps4ZbCkQ3NUsf+423bULWkLoAoGCCqGSM49AwEHoUQDQgAEZafA3LZejrkhCa/5S+QE3+PbceF7VaMUIq4GMhsel8jdCwLqpHHcy8BU9b1XFgvUg0PAEb4XYK7cbzkYwNZaBQ==")]
    [InlineData("MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiazzyLM17mjAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJgQPPjcCJTGZzAZtoPmOWcEgZBiKdVB8EHXcObpchtJ4+J5QCik/amoWcJunPnhlz8lmQz7/jkMbmBqRfMXhq97k+HMAyIeQKUS7QMHQSugL/8VSkMWz7ACTmttqYu9ycv3RTsT8I/ugELOhJ9ZnUNR+msPvLGDPUbCwi4rxEQjeVxXZSU+KCFl09hlZkVe2KJATEYWgnldbGN4TaJSEHGCnuc=")]
    public void Anything_else_is_no_key(string text) => Assert.Null(EcdsaKey.TryParse(text));

    [Fact]
    public void Key_of_another_kind_is_no_key()
    {
        using var rsa = RSA.Create(1024);
        Assert.Null(EcdsaKey.TryParse(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())));
        Assert.Null(EcdsaKey.TryParse(Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())));
    }

    [Fact]
    public void New_key_signs_for_itself_alone_and_never_prints_itself()
    {
        var (one, other) = (Parse(EcdsaKey.NewPrivate()), Parse(EcdsaKey.NewPrivate()));
        Assert.True(one.Verify(Digest, one.Sign(Digest)));
        Assert.False(other.Verify(Digest, one.Sign(Digest)));
        Assert.Equal("…", $"{one}");
    }

    [Fact]
    public void Setting_that_is_no_key_is_told_without_its_value()
    {
        Assert.Equal(["webhookSecret: is not a key for ECDSA; copy the verification key as the vendor shows it: one line of base64, beginning MF"], Errors("\"hunter2\""));
        Assert.Single(Errors($"[\"{Public}\", \"hunter2\"]"));
        Assert.Empty(Errors($"\"{Public}\""));
        Assert.Empty(Errors($"[\"{Private}\", \"{Public}\"]"));
    }

    private static IEnumerable<string> Errors(string secret)
    {
        SettingsBinder.Bind(typeof(Keyed), JObject.Parse($"{{\"webhookSecret\": {secret}}}"), out var errors);
        return errors.Select(error => $"{error.Path}: {error.Problem}");
    }

    private static EcdsaKey Parse(string text) => EcdsaKey.TryParse(text) ?? throw new FormatException();

    private sealed record Keyed : ConnectorSettings
    {
        [Required, Secret, EcdsaKeys]
        public required Secrets WebhookSecret { get; init; }
    }
}
