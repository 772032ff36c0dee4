using IntegrationHub.Connectors.Tests.Kit;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>More than a million changed requests, over every connector's proof: none is taken for genuine.</summary>
public sealed class MutationTests
{
    private const int OfEachKind = 25_000;
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Fact]
    public void The_changed_requests_are_more_than_a_million() => Assert.True(VendorFolder.All.Sum(folder => Subject.Of(folder).Kinds) * OfEachKind > 1_000_000);

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void No_changed_request_is_accepted(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var subject = Subject.Of(folder);
        Assert.Equal(Verification.Accept, subject.Source.Verify(subject.Signed));
        var random = new Random(vendor.Length);
        foreach (var (what, changed) in Changed(subject, random).Concat(Strangers(folder, random).Select(stranger => ("the secret", stranger.Authentication.Sign(subject.Request)))))
            Assert.False(subject.Source.Verify(changed) is Verification.Accepted, $"{what} was changed, and it was accepted: {string.Join("; ", changed.Headers)} {changed.PathToken} at {changed.ReceivedAt:O}");
    }

    private static IEnumerable<(string What, WebhookRequest Changed)> Changed(Subject subject, Random random)
    {
        var signed = subject.Signed;
        if (subject.CoversBody)
        {
            var body = signed.Body.ToArray();
            foreach (var changed in Given.Mutations(body, OfEachKind, random.Next()).Where(changed => !changed.SequenceEqual(body))) yield return ("the body", signed with { Body = changed });
        }
        for (var i = 0; subject.Proofs.Count > 0 && i < OfEachKind; i++)
        {
            var proof = subject.Proofs[random.Next(subject.Proofs.Count)];
            yield return ($"the header {proof}", signed.WithHeader(proof, Change(signed.Headers[proof], random)));
        }
        for (var i = 0; signed.PathToken is { } token && i < OfEachKind; i++) yield return ("the token", signed with { PathToken = Change(token, random) });
        for (var i = 0; subject.Window is { } window && i < OfEachKind; i++)
        {
            var distance = window + TimeSpan.FromSeconds(1 + (random.NextDouble() * 1e8));
            yield return ("the time", signed with { ReceivedAt = random.Next(2) == 0 ? signed.ReceivedAt + distance : signed.ReceivedAt - distance });
        }
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

    /// <summary>A genuine request, and what of it proves the sender.</summary>
    private sealed record Subject(IWebhookSource Source, WebhookRequest Request, WebhookRequest Signed)
    {
        public bool CoversBody => Source.Authentication.CoversBody;

        public TimeSpan? Window => Source.Authentication.ReplayWindow;

        /// <summary>The headers of which not a letter can be spared or added. Of basic authentication one half is of no account.</summary>
        public List<string> Proofs { get; } = 
        [
            .. Signed.Headers.Where(header => header.Key != "Authorization").Where(header => new[] { "", header.Value + "A", header.Value[..1] + header.Value }.All(value => Source.Verify(Signed.WithHeader(header.Key, value)) is not Verification.Accepted))
                .Select(header => header.Key),
        ];

        public int Kinds => (CoversBody ? 1 : 0) + (Proofs.Count > 0 ? 1 : 0) + (Signed.PathToken is null ? 0 : 1) + (Window is null ? 0 : 1);

        // Where names and values are signed without what parts them, JSON has no second reading. A sample that carries a second proof of the same sender is left out.
        public static Subject Of(VendorFolder folder)
        {
            var (source, other) = (folder.Source(), folder.SourceWithOtherSecret());
            var sample = folder.Samples.Where(sample => !sample.IsObject).OrderByDescending(sample => sample.IsJson).ThenBy(sample => sample.Body.Length)
                .First(sample => source.Verify(other.Authentication.Sign(sample.Request)) is not Verification.Accepted);
            return new Subject(source, sample.Request, source.Authentication.Sign(sample.Request));
        }
    }
}
