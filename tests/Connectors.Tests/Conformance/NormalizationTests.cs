using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Conformance;

public sealed class NormalizationTests
{
    [Theory, MemberData(nameof(Cases.Samples), MemberType = typeof(Cases))]
    public void Sample_becomes_what_is_expected(string vendor, string sample)
    {
        var (source, subject) = Open(vendor, sample);
        var outcome = subject.Outcome(source);
        if (Environment.GetEnvironmentVariable("HUB_ACCEPT_SAMPLES") == "1") File.WriteAllText(subject.ExpectedFile, outcome);
        Assert.Equal(File.ReadAllText(subject.ExpectedFile), outcome);
        Assert.DoesNotContain("\"invalid\"", outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("\"unread\"", outcome, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases.Samples), MemberType = typeof(Cases))]
    public void Every_leaf_counts_or_is_waived_with_a_reason(string vendor, string sample)
    {
        var (source, subject) = Open(vendor, sample);
        var waivers = subject.Waivers.Concat(VendorFolder.Named(vendor).SharedWaivers).ToList();
        var original = subject.Outcome(source);
        List<string> unread = [], read = [];
        foreach (var (path, changed) in Leaves.Of(subject))
            (changed.Any(body => subject.Outcome(source, body) != original) ? read : unread).Add(path);

        IEnumerable<string> findings =
        [
            .. unread.Where(path => !waivers.Exists(waiver => waiver.Covers(path))).Select(path => $"{path} changes nothing and is not waived"),
            .. waivers.SelectMany(waiver => read.Where(waiver.Covers).Select(path => $"{waiver.Pattern} waives {path}, which is read")),
            .. subject.Waivers.Where(waiver => !unread.Exists(waiver.Covers)).Select(waiver => $"{waiver.Pattern} is no longer needed"),
        ];
        Assert.True(!findings.Any(), string.Join('\n', findings));
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void Shared_waivers_are_all_needed(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var paths = folder.Samples.SelectMany(sample => Leaves.Of(sample).Select(leaf => leaf.Path)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], folder.SharedWaivers.Where(waiver => !paths.Any(waiver.Covers)).Select(waiver => $"{waiver.Pattern} is no longer needed"));
    }

    [Theory, MemberData(nameof(Cases.Samples), MemberType = typeof(Cases))]
    public void Same_input_gives_the_same_events_in_utc(string vendor, string sample)
    {
        var (source, subject) = Open(vendor, sample);
        Assert.Equal(subject.Outcome(source), subject.Outcome(VendorFolder.Named(vendor).Source()));
        var delivery = subject.Delivery(source);
        if (Normalization.Run(source, delivery) is not Normalization.Events events) return;
        Assert.NotEmpty(events.Facts);
        Assert.Equal(events.Facts.Count, delivery.Stamp(events.Facts).Count);
        Assert.All(delivery.Stamp(events.Facts), contactEvent =>
        {
            Assert.All(Times(contactEvent), time => Assert.Equal(TimeSpan.Zero, time.Offset));
            var read = ContractJson.Deserialize(contactEvent.GetType().Name, ContractJson.Serialize(contactEvent));
            Assert.Equal(ContractJson.Serialize(contactEvent), ContractJson.Serialize(read));
        });
    }

    [Theory, MemberData(nameof(Cases.Vendors), MemberType = typeof(Cases))]
    public void What_no_vendor_sends_never_throws(string vendor)
    {
        var folder = VendorFolder.Named(vendor);
        var source = folder.Source();
        foreach (var body in Strange()) Try(source, folder.Samples.First(), body);
    }

    [Theory, MemberData(nameof(Cases.Samples), MemberType = typeof(Cases))]
    public void Garbage_never_throws(string vendor, string sample)
    {
        var (source, subject) = Open(vendor, sample);
        foreach (var body in Garbage(subject.Body)) Try(source, subject, body);
        foreach (var body in BrokenFrames(subject)) Try(source, subject, body);
        foreach (var (_, json, within) in Leaves.Documents(subject))
        {
            foreach (var body in WrongTypes(json)) Try(source, subject, within(body));
        }
        if (!subject.IsXml) return;
        foreach (var body in XmlLeaves.Traps(subject.Body)) Assert.IsType<Normalization.Invalid>(Normalization.Run(source, subject.Delivery(source, body)));
        foreach (var body in XmlLeaves.WithWrongTypes(subject.Body, WrongTexts)) Try(source, subject, body);
    }

    private static readonly string[] WrongTexts =
        ["", "x", "-1", "1e400", "99999999999999999999999999", "true", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00", "<", "\uFFFD"];

    private static void Try(IWebhookSource source, SampleCase subject, byte[] body)
    {
        var delivery = subject.Delivery(source, body);
        source.DeliveryId(subject.Request with { Body = body });
        if (Normalization.Run(source, delivery) is Normalization.Events events)
            Assert.All(delivery.Stamp(events.Facts), contactEvent => ContractJson.Serialize(contactEvent));
    }

    private static IEnumerable<byte[]> Strange()
    {
        string[] texts = ["", " ", "null", "[]", "{}", "\"\"", "0", "true", "[[]]", "{\"a\":", "a=1", "a=1&a[b]=2&a[b][c]=3", "%", "%zz=1", "=", "&&", "<xml/>", "{\"\\ud800\":1}"];
        foreach (var text in texts) yield return Encoding.UTF8.GetBytes(text);
        yield return Encoding.UTF8.GetBytes(new string('[', 1_000_000));
        yield return Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', 10 * 1024 * 1024) + "\"}");
        yield return [0xff, 0xfe, 0x00, 0x41];
    }

    private static IEnumerable<byte[]> Garbage(byte[] body)
    {
        yield return [.. body, 0xC3];
        yield return [0xEF, 0xBB, 0xBF, .. body];
        var random = new Random(5);
        for (var i = 0; i < 40; i++) yield return body[..random.Next(body.Length)];
        for (var i = 0; i < 200; i++)
        {
            var mutated = (byte[])body.Clone();
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            yield return mutated;
        }
    }

    private static IEnumerable<byte[]> BrokenFrames(SampleCase subject)
    {
        if (subject.Boundary is not { } boundary) yield break;
        var part = $"--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        string[] frames =
            ["--{0}", "--{0}--", "--{0}\r\n", "--{0}\r\n\r\n", "--{0}\r\n\r\n\r\n--{0}--", "--{0}\r\nContent-Disposition: form-data\r\n\r\n1\r\n--{0}--", "--{0}\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--{0}--"];
        foreach (var frame in frames) yield return Encoding.UTF8.GetBytes(frame.Replace("{0}", boundary, StringComparison.Ordinal));
        yield return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(subject.Body).Replace("\r\n", "\n", StringComparison.Ordinal));
        yield return [.. Encoding.UTF8.GetBytes(part), .. subject.Body];
        yield return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => part.Replace("\"a\"", $"\"a{i}\"", StringComparison.Ordinal))) + $"--{boundary}--");
    }

    private static IEnumerable<byte[]> WrongTypes(byte[] body)
    {
        string[] replacements =
            ["null", "7", "-1", "1e400", "99999999999999999999999999", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "{\"a\":{}}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-01-01T00:00:00\"", "\"\\u0000\"", "\"\\ud83d\""];
        foreach (var place in Places(JsonNode.Parse(body), []))
        {
            var text = WithHole(body, place);
            foreach (var replacement in replacements) yield return Encoding.UTF8.GetBytes(text.Replace("\"@@@\"", replacement, StringComparison.Ordinal));
        }
    }

    // Of a list the first item stands for all.
    private static IEnumerable<object[]> Places(JsonNode? node, object[] path) => node switch
    {
        JsonObject map => map.SelectMany(member => Places(member.Value, [.. path, member.Key]).Prepend([.. path, member.Key])),
        JsonArray { Count: > 0 } list => Places(list[0], [.. path, 0]),
        _ => [],
    };

    private static string WithHole(byte[] body, object[] place)
    {
        var copy = JsonNode.Parse(body)!;
        var holder = place[..^1].Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
        holder[(string)place[^1]] = "@@@";
        return copy.ToJsonString();
    }

    private static IEnumerable<DateTimeOffset> Times(ContactEvent contactEvent) =>
        contactEvent.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.GetValue(contactEvent)).OfType<DateTimeOffset>();

    private static (IWebhookSource Source, SampleCase Subject) Open(string vendor, string sample)
    {
        var folder = VendorFolder.Named(vendor);
        return (folder.Source(), folder.Sample(sample));
    }
}
