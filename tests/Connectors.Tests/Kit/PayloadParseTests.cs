using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class PayloadParseTests
{
    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData(" ", "line 1, byte 2")]
    [InlineData("nul", "line 1, byte 4")]
    [InlineData("{", "line 1, byte 2")]
    [InlineData("{\n\"a\":}", "line 2, byte 5")]
    [InlineData("{\"a\":1}\n\n x", "line 3, byte 2")]
    [InlineData("{\"a\":1,}", "line 1, byte 8")]
    [InlineData("[1,]", "line 1, byte 4")]
    [InlineData("{'a':1}", "line 1, byte 2")]
    [InlineData("{a:1}", "line 1, byte 2")]
    [InlineData("// c\n{}", "line 1, byte 1")]
    [InlineData("{} {}", "line 1, byte 4")]
    [InlineData("01", "line 1, byte 2")]
    [InlineData("+1", "line 1, byte 1")]
    [InlineData("NaN", "line 1, byte 1")]
    [InlineData("\"\t\"", "line 1, byte 2")]
    [InlineData("\"\\x\"", "line 1, byte 3")]
    [InlineData("\"\\u12\"", "line 1, byte 6")]
    [InlineData("a=1&b=2", "line 1, byte 1")]
    [InlineData("<xml/>", "line 1, byte 1")]
    [InlineData("\0", "line 1, byte 1")]
    [InlineData("tdepth", "line 1, byte 2")]
    [InlineData("{\"the depth\": ndepth}", "line 1, byte 16")]
    public void Text_that_is_not_json_is_an_error_with_its_place(string text, string place) =>
        Assert.Equal($"$ is not JSON that can be read: {place}", Error(text));

    [Fact]
    public void Sixty_four_levels_are_read_and_one_more_is_not()
    {
        var deepest = Given.Json(new string('[', 64) + new string(']', 64));
        for (var level = 1; level < 64; level++) deepest = deepest.Items().Single();
        Assert.Empty(deepest.Items());
        Assert.Equal("$" + string.Concat(Enumerable.Repeat("[0]", 63)), deepest.Path);
        Assert.Equal("$ is not JSON that can be read: line 1, byte 65 is nested deeper than 64", Error(new string('[', 65) + new string(']', 65)));
        Assert.Equal("$ is not JSON that can be read: line 1, byte 65 is nested deeper than 64", Error(new string('[', 1_000_000)));
        Assert.Equal("$ is not JSON that can be read: line 1, byte 321 is nested deeper than 64", Error(string.Concat(Enumerable.Repeat("{\"a\":", 65))));
    }

    [Fact]
    public void Byte_order_mark_is_passed_over_once()
    {
        Assert.Equal(1, Payload.Parse((byte[])[0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8])["a"].Integer());
        Assert.Equal("$ is not JSON that can be read: line 1, byte 1", Error([0xEF, 0xBB, 0xBF]));
        Assert.Equal("$ is not JSON that can be read: line 1, byte 1", Error([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. "{}"u8]));
        Assert.Equal("\uFEFFx", Payload.Parse("\"\uFEFFx\""u8.ToArray()).Text());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 0)]
    [InlineData(new byte[] { (byte)'"', (byte)'a', 0x80, (byte)'"' }, 2)]
    [InlineData(new byte[] { (byte)'"', 0xC3, 0xAB, 0xC3, (byte)'"' }, 3)]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0xBD, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', 0xF5, 0x80, 0x80, 0x80, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', 0xF0, 0x9F, 0x98, (byte)'"' }, 1)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, (byte)'{' }, 0)]
    public void Bytes_that_are_not_utf8_are_an_error_with_their_place_counted_from_zero(byte[] body, int position) =>
        Assert.Equal($"$ is not UTF-8 at byte {position}", Error(body));

    [Theory]
    [InlineData("\"\\ud83d\"", "$")]
    [InlineData("\"\\ude00\"", "$")]
    [InlineData("\"\\ude00\\ud83d\"", "$")]
    [InlineData("\"\\ud83dx\"", "$")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "$")]
    [InlineData("{\"a\":{\"b\":[0,\"\\ud83d\"]}}", "$.a.b[1]")]
    [InlineData("[[1],[[\"x\",\"\\uDFFF\"]]]", "$[1][0][1]")]
    [InlineData("{\"\\ud83d\":1}", "$[0]")]
    [InlineData("{\"a\":{\"x\":1,\"y\\ud83d\":2}}", "$.a[1]")]
    public void Half_a_character_anywhere_is_an_error(string json, string path) =>
        Assert.Equal($"{path} holds half a character (a lone surrogate)", Error(json));

    [Theory]
    [InlineData("\"\\u0000\"", "$")]
    [InlineData("{\"a\":[\"x\\u0000y\"]}", "$.a[0]")]
    [InlineData("{\"a\":{\"b\\u0000\":1}}", "$.a[0]")]
    public void NUL_anywhere_is_an_error(string json, string path) => Assert.Equal($"{path} holds a NUL character", Error(json));

    [Fact]
    public void Whole_characters_and_escaped_backslashes_are_read()
    {
        Assert.Equal("😀", Given.Json("\"\\ud83d\\ude00\"").Text());
        Assert.Equal("\\u0000", Given.Json("\"\\\\u0000\"").Text());
        Assert.Equal("\\ud83d", Given.Json("\"\\\\ud83d\"").Text());
        Assert.Equal("\u0001\u001F\u007F", Given.Json("\"\\u0001\\u001f\\u007f\"").Text());
        Assert.Equal("\uFFFD", Given.Json("\"\uFFFD\"").Text());
    }

    [Fact]
    public void Single_values_and_large_texts_are_read()
    {
        Assert.Equal(7, Given.Json(" 7 ").Integer());
        Assert.False(Given.Json("null").Exists);
        var large = new string('x', 10 * 1024 * 1024);
        Assert.Equal(large, Given.Json($"{{\"a\":\"{large}\"}}")["a"].Text());
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Mutated_bodies_are_read_or_refused_and_never_end_in_another_error(int seed)
    {
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes("""{"id":450789469,"at":"2026-11-21T12:00:00+01:00","email":"zoë@example.com","total":"12.30","paid":true,"items":[{"sku":"\u00e9\ud83d\ude00","qty":1.5e3},[]],"note":null}"""),
            Encoding.UTF8.GetBytes("""[{"epoch":1795262400,"date":"1990-02-03","x":{"y":{"z":["",[],{}]}}},-0.0,1e400,"\\u0000"]"""),
        ];
        var (read, refused) = (0, 0);
        foreach (var body in bodies.SelectMany(body => Given.Mutations(body, 2_500, seed)))
        {
            try
            {
                Visit(Payload.Parse(body));
                read++;
            }
            catch (PayloadException exception)
            {
                Assert.StartsWith("$", exception.Path, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(read > 500 && refused > 500, $"{read} were read and {refused} refused.");
    }

    private static void Visit(Payload value)
    {
        Func<Payload, object?>[] reads =
        [
            v => v.Text(), v => v.RequiredText(), v => v.Scalar(), v => v.Id(), v => v.RequiredId(), v => v.Decimal(), v => v.Integer(), v => v.Flag(),
            v => v.Time(), v => v.RequiredTime(), v => v.EpochSeconds(), v => v.RequiredEpochSeconds(), v => v.Date(),
        ];
        foreach (var read in reads)
        {
            try
            {
                read(value);
            }
            catch (PayloadException exception)
            {
                Assert.Equal(value.Path, exception.Path);
            }
        }
        if (value.IsList) Assert.All(value.Items(), Visit);
        if (value.IsObject) Assert.All(value.Members(), member => Visit(member.Value));
    }

    private static string Error(string text) => Error(Encoding.UTF8.GetBytes(text));

    private static string Error(byte[] body) => Assert.Throws<PayloadException>(() => Payload.Parse(body)).Message;
}
