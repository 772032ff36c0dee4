using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class JsonPeekTests
{
    [Theory]
    [InlineData("""{"id":"evt_1"}""", "evt_1")]
    [InlineData("""  {"a":1,"b":[{"id":"inner"}],"id":"evt_1"}""", "evt_1")]
    [InlineData("""{"data":{"id":"inner"},"id":"evt_1"}""", "evt_1")]
    [InlineData("""{"\u0069d":"evt_1"}""", "evt_1")]
    [InlineData("""{"id":"\u0065vt\u005f1 \ud83d\ude00"}""", "evt_1 😀")]
    [InlineData("""{"id":" evt_1 "}""", " evt_1 ")]
    [InlineData("""{"id":"first","id":"second"}""", "first")]
    [InlineData("""{"ID":"upper","id":"evt_1"}""", "evt_1")]
    public void Text_of_a_top_level_member_is_found(string body, string expected) => Assert.Equal(expected, Peek(body));

    [Theory]
    [InlineData("""{"meta":{"id":"evt_1"}}""", "evt_1")]
    [InlineData("""{"id":"outer","meta":{"a":{"id":"inner"},"id":"evt_1"},"data":[]}""", "evt_1")]
    [InlineData("""{"data":[{"meta":{"id":"inner"}}],"meta":{"id":"evt_1"}}""", "evt_1")]
    [InlineData("""{"id":"outer","meta":{}}""", null)]
    [InlineData("""{"meta":"id"}""", null)]
    [InlineData("""{"meta":[{"id":"inner"}]}""", null)]
    [InlineData("""{"meta":{},"id":"outer"}""", null)]
    [InlineData("""{"meta":{"id":{}}}""", null)]
    [InlineData("""{"meta":{"id":"evt_1""", null)]
    public void Text_of_a_member_of_a_member_is_found(string body, string? expected) => Assert.Equal(expected, JsonPeek.Text(Encoding.UTF8.GetBytes(body), "meta", "id"));

    [Theory]
    [InlineData("""{"id":"evt_1","rest":""")]
    [InlineData("""{"id":"evt_1"}}}}""")]
    [InlineData("""{"id":"evt_1" nonsense""")]
    [InlineData("""{"id":"evt_1","\ud800":1}""")]
    public void What_follows_the_member_need_not_be_json(string body) => Assert.Equal("evt_1", Peek(body));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("\"id\"")]
    [InlineData("id=evt_1")]
    [InlineData("""[{"id":"inner"}]""")]
    [InlineData("""{"data":{"id":"inner"}}""")]
    [InlineData("""{"data":{"id":"inner"},"items":[{"id":"inner"}]}""")]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":true}""")]
    [InlineData("""{"id":["evt_1"]}""")]
    [InlineData("""{"id":{"id":"inner"}}""")]
    [InlineData("{\"id\":\"")]
    [InlineData("{\"id\"")]
    [InlineData("""{"id":"evt_1""")]
    [InlineData("""{"a":nonsense,"id":"evt_1"}""")]
    [InlineData("""{"a":1 "id":"evt_1"}""")]
    [InlineData("""{"a":"unclosed,"id":"evt_1"}""")]
    [InlineData("""{"\ud800":1,"id":"evt_1"}""")]
    [InlineData("""{"id":"\ud800"}""")]
    public void Anything_else_is_null(string body) => Assert.Null(Peek(body));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\\t\\n")]
    [InlineData("\\u00a0")]
    public void Blank_is_null(string text) => Assert.Null(Peek($"{{\"id\":\"{text}\"}}"));

    [Fact]
    public void Text_with_a_NUL_is_null_for_no_database_keeps_it()
    {
        Assert.Null(Peek("""{"id":"evt\u00001"}"""));
        Assert.Equal("evt\\u00001", Peek("""{"id":"evt\\u00001"}"""));
    }

    [Fact]
    public void Byte_order_mark_is_passed_over() =>
        Assert.Equal("evt_1", JsonPeek.Text((byte[])[0xEF, 0xBB, 0xBF, .. "{\"id\":\"evt_1\"}"u8], "id"));

    [Fact]
    public void Bytes_that_are_not_utf8_are_null() => Assert.Null(JsonPeek.Text((byte[])[.. "{\"id\":\""u8, 0xFF, .. "\"}"u8], "id"));

    [Fact]
    public void Member_after_deep_nesting_is_found_up_to_the_depth_that_is_read()
    {
        Assert.Equal("evt_1", Peek($$"""{"a":{{new string('[', 63)}}{{new string(']', 63)}},"id":"evt_1"}"""));
        Assert.Null(Peek($$"""{"a":{{new string('[', 64)}}{{new string(']', 64)}},"id":"evt_1"}"""));
        Assert.Equal("evt_1", Peek($$"""{"id":"evt_1","a":{{new string('[', 1_000_000)}}"""));
    }

    [Fact]
    public void Mutated_bodies_never_throw_and_agree_with_the_payload()
    {
        var body = Encoding.UTF8.GetBytes("""{"a":{"id":"x"},"b":[1,"\u00e9"],"id":"evt_1","c":"\ud83d\ude00"}""");
        var found = 0;
        foreach (var mutated in Given.Mutations(body, 8_000, 31))
        {
            var peeked = JsonPeek.Text(mutated, "id");
            if (peeked is not null) found++;
            if (Read(mutated) is { } whole) Assert.Equal(whole, peeked?.Trim());
        }
        Assert.InRange(found, 1000, 7_000);
    }

    [Theory]
    [InlineData("[ {\"a\": [1,2]} , 3]", "{\"a\": [1,2]}", false)]
    [InlineData("\uFEFF[{\"a\":1} ]", "{\"a\":1}", true)]
    [InlineData("[7]", "7", true)]
    [InlineData("[7] x", "7", true)]
    [InlineData("[7", "", false)]
    [InlineData("[7 x]", "", false)]
    [InlineData("[]", "", false)]
    [InlineData("{\"a\":[1]}", "", false)]
    [InlineData("[{\"a\":", "", false)]
    [InlineData("", "", false)]
    public void First_item_of_a_list_is_given_as_sent(string body, string item, bool isOnly)
    {
        Assert.Equal(item, Encoding.UTF8.GetString(JsonPeek.FirstItem(Encoding.UTF8.GetBytes(body), out var only).Span));
        Assert.Equal(isOnly, only);
    }

    [Fact]
    public void First_item_of_a_member_is_found_by_its_path()
    {
        Assert.Equal("\"x\"", Encoding.UTF8.GetString(JsonPeek.FirstItem("{\"b\":1,\"a\":{\"list\":[\"x\",2]}}"u8.ToArray(), out var only, "a", "list").Span));
        Assert.False(only);
        Assert.True(JsonPeek.FirstItem("{\"a\":{\"list\":{}}}"u8.ToArray(), out _, "a", "list").IsEmpty);
    }

    private static string? Peek(string body) => JsonPeek.Text(Encoding.UTF8.GetBytes(body), "id");

    /// <summary>The member as the payload reads it; null when the body is not JSON, or the member is no text or sent twice.</summary>
    private static string? Read(byte[] body)
    {
        try
        {
            var payload = Payload.Parse(body);
            return payload.IsObject && payload["id"].IsText && payload.Members().Count(member => member.Name == "id") == 1 ? payload["id"].Text() : null;
        }
        catch (PayloadException)
        {
            return null;
        }
    }
}
