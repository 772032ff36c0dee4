using IntegrationHub.Connectors.Tests.Kit;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>More than a million changed requests, over every connector's proof: none is taken for genuine.</summary>
public sealed class MutationTests
{
    private const int OfEachKind = 12_000;
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Fact]
    public void The_mutations_are_more_than_a_million() => Assert.True(VendorFolder.All.Count() * OfEachKind * 4 > 1_000_000);

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void No_changed_request_is_accepted(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        // Where names and values are signed without what parts them, JSON has no second reading.
        var sample = folder.Samples.Where(sample => !sample.IsObject).OrderByDescending(sample => sample.IsJson).ThenBy(sample => sample.Body.Length).First();
        var signed = source.Authentication.Sign(sample.Request);
        Assert.Equal(Verification.Accept, source.Verify(signed));
        foreach (var (what, changed) in Changed(folder, source, sample.Request, signed, new Random(vendor.Length)))
            Assert.False(source.Verify(changed) is Verification.Accepted, $"{what} was changed, and it was accepted: {string.Join("; ", changed.Headers)} {changed.PathToken} at {changed.ReceivedAt:O}");
    }

    private static IEnumerable<(string What, WebhookRequest Changed)> Changed(VendorFolder folder, IWebhookSource source, WebhookRequest request, WebhookRequest signed, Random random)
    {
        if (source.Authentication.CoversBody)
        {
            var body = signed.Body.ToArray();
            foreach (var changed in Given.Mutations(body, OfEachKind, random.Next()).Where(changed => !changed.SequenceEqual(body))) yield return ("the body", signed with { Body = changed });
        }
        // The other half of the credentials is of no account.
        var proofs = signed.Headers.Where(header => header.Key != "Authorization" && request.Header(header.Key) != header.Value).Select(header => header.Key).ToList();
        for (var i = 0; proofs.Count > 0 && i < OfEachKind; i++)
        {
            var proof = proofs[random.Next(proofs.Count)];
            yield return ($"the header {proof}", signed.WithHeader(proof, Change(signed.Headers[proof], random)));
        }
        for (var i = 0; signed.PathToken is { } token && i < OfEachKind; i++) yield return ("the token", signed with { PathToken = Change(token, random) });
        for (var i = 0; source.Authentication.ReplayWindow is { } window && i < OfEachKind; i++)
        {
            var distance = window + TimeSpan.FromSeconds(1 + (random.NextDouble() * 1e8));
            yield return ("the time", signed with { ReceivedAt = random.Next(2) == 0 ? signed.ReceivedAt + distance : signed.ReceivedAt - distance });
        }
        foreach (var stranger in Strangers(folder, random)) yield return ("the secret", stranger.Authentication.Sign(request));
    }

    // Whoever does not know the secret; signing is as costly as the proof, so there are fewer of them.
    private static IEnumerable<IWebhookSource> Strangers(VendorFolder folder, Random random)
    {
        for (var i = 0; i < OfEachKind / 100; i++)
        {
            var settings = folder.Settings;
            foreach (var secret in folder.Description.Settings.Where(setting => setting.Name is "webhookSecret" or "webhookToken" && settings[setting.Name]?.Type is Newtonsoft.Json.Linq.JTokenType.String))
                settings[secret.Name] = secret.Rules.OfType<EcdsaKeysAttribute>().Any() ? EcdsaKey.NewPrivate() : Change((string)settings[secret.Name]!, random);
            yield return folder.Source(settings);
        }
    }

    // One letter is another one, is gone or is new. Hexadecimal digits mean the same in either case.
    private static string Change(string text, Random random)
    {
        var position = random.Next(text.Length);
        while (!char.IsAsciiLetterOrDigit(text[position])) position = random.Next(text.Length);
        var letter = Letters[random.Next(Letters.Length)];
        return random.Next(3) switch
        {
            0 when char.ToLowerInvariant(letter) != char.ToLowerInvariant(text[position]) => text[..position] + letter + text[(position + 1)..],
            1 => text[..position] + text[(position + 1)..],
            _ => text[..position] + letter + text[position..],
        };
    }
}
