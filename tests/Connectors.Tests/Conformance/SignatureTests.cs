using System.Text;

namespace IntegrationHub.Connectors.Tests.Conformance;

public sealed class SignatureTests
{
    [Theory, MemberData(nameof(Cases.Webhooks), MemberType = typeof(Cases))]
    public void Sample_as_sent_is_accepted(string vendor, string sample)
    {
        var (source, request) = Open(vendor, sample);
        if (source.Authentication is TokenAuthentication) request = source.Authentication.Sign(request);
        Assert.Equal(Verification.Accept, source.Verify(request));
    }

    [Theory, MemberData(nameof(Cases.Webhooks), MemberType = typeof(Cases))]
    public void Flipped_byte_is_rejected(string vendor, string sample)
    {
        var (source, request) = Open(vendor, sample);
        if (!source.Authentication.CoversBody) return;
        var signed = source.Authentication.Sign(request);
        var random = new Random(11);
        var body = signed.Body.ToArray();
        for (var i = 0; i < 100; i++)
        {
            var position = i == 0 ? 0 : i == 1 ? body.Length - 1 : random.Next(body.Length);
            var flipped = (byte[])body.Clone();
            flipped[position] ^= (byte)(1 << random.Next(8));
            Assert.IsType<Verification.Rejected>(source.Verify(signed with { Body = flipped }));
        }
        Assert.IsType<Verification.Rejected>(source.Verify(signed with { Body = body.AsMemory(..^1) }));
        Assert.IsType<Verification.Rejected>(source.Verify(signed with { Body = (byte[])[.. body, (byte)'\n'] }));
    }

    [Theory, MemberData(nameof(Cases.Webhooks), MemberType = typeof(Cases))]
    public void Wrong_secret_is_rejected(string vendor, string sample)
    {
        var (source, request) = Open(vendor, sample);
        var other = VendorFolder.Named(vendor).SourceWithOtherSecret();
        Assert.Equal(Verification.Accept, other.Verify(other.Authentication.Sign(request)));
        Assert.IsType<Verification.Rejected>(other.Verify(source.Authentication.Sign(request)));
    }

    [Theory, MemberData(nameof(Cases.Webhooks), MemberType = typeof(Cases))]
    public void Missing_blank_or_broken_proof_is_rejected(string vendor, string sample)
    {
        var (source, request) = Open(vendor, sample);
        var bare = request with { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" }, PathToken = null, Body = source.Authentication.WithoutProof(request.Body) };
        Assert.IsType<Verification.Rejected>(source.Verify(bare));
        var signed = source.Authentication.Sign(bare);
        foreach (var proof in signed.Headers.Keys.Except(bare.Headers.Keys))
        {
            foreach (var broken in new[] { "", " ", "=", "t=,v1=", "t=1", "sha256=", "ÿ", signed.Headers[proof][..^1], signed.Headers[proof] + "A", new string('a', 100_000) })
                Assert.IsType<Verification.Rejected>(source.Verify(signed.WithHeader(proof, broken)));
        }
        if (signed.PathToken is not { } token) return;
        foreach (var broken in new[] { null, "", token[..^1], token + "A", token.ToUpperInvariant() })
            Assert.IsType<Verification.Rejected>(source.Verify(signed with { PathToken = broken }));
    }

    [Theory, MemberData(nameof(Cases.Webhooks), MemberType = typeof(Cases))]
    public void Stale_and_future_times_are_rejected(string vendor, string sample)
    {
        var (source, request) = Open(vendor, sample);
        if (source.Authentication.ReplayWindow is not { } window) return;
        var signed = source.Authentication.Sign(request);
        Assert.Equal(Verification.Accept, source.Verify(signed with { ReceivedAt = request.ReceivedAt + window }));
        Assert.IsType<Verification.Rejected>(source.Verify(signed with { ReceivedAt = request.ReceivedAt + window + TimeSpan.FromSeconds(1) }));
        Assert.IsType<Verification.Rejected>(source.Verify(signed with { ReceivedAt = request.ReceivedAt - window - TimeSpan.FromSeconds(1) }));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Handshake_is_answered_as_sent_and_a_changed_one_is_not_taken_for_a_delivery(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        foreach (var handshake in folder.Handshakes)
        {
            Assert.InRange(Assert.IsType<Verification.Handshake>(source.Verify(handshake.Request)).Reply.StatusCode, 200, 299);
            Assert.IsNotType<Verification.Accepted>(source.Verify(handshake.Request with { Body = (byte[])[.. handshake.Body, (byte)'&'] }));
        }
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Simulated_probe_is_answered(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        foreach (var probe in ConnectorCatalog.BuiltIn.Simulator(folder.Description.Key)?.Probes ?? [])
        {
            var request = new WebhookRequest { Method = probe.Method, Query = probe.Query, Headers = probe.Headers, Body = probe.Body, ReceivedAt = Simulation.Start };
            Assert.InRange(Assert.IsType<Verification.Handshake>(source.Verify(request)).Reply.StatusCode, 200, 299);
        }
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Vectors_of_the_vendor_hold(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        foreach (var vector in folder.Vectors)
        {
            var settings = folder.Settings;
            settings["webhookSecret"] = (string)vector["secret"]!;
            var request = new WebhookRequest
            {
                Method = "POST",
                Url = vector["url"] is { } url ? new Uri((string)url!) : SampleCase.UsualAddress,
                Query = (string?)vector["query"] ?? "",
                Headers = vector["headers"]!.ToObject<Dictionary<string, string>>()!,
                Body = Encoding.UTF8.GetBytes((string)vector["body"]!),
                ReceivedAt = vector["receivedAtUnixSeconds"] is { } seconds ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
            };
            Assert.Equal(Verification.Accept, folder.Source(settings).Verify(request));
            Assert.IsType<Verification.Rejected>(folder.Source(settings).Verify(request with { Body = (byte[])[.. request.Body.Span, (byte)' '] }));
        }
    }

    private static (IWebhookSource Source, WebhookRequest Request) Open(string vendor, string sample)
    {
        var folder = VendorFolder.Named(vendor);
        return (folder.Source(), folder.Sample(sample).Request);
    }
}
