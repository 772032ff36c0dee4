using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class MultipartFormTests
{
    private const string Type = "multipart/form-data; boundary=b0";

    [Theory]
    [InlineData("1", "1")]
    [InlineData("Zoë 😀", "Zoë 😀")]
    [InlineData(" 1 ", "1")]
    [InlineData("x\r\ny", "x\r\ny")]
    [InlineData("x\r\n\r\ny", "x\r\n\r\ny")]
    [InlineData("100%25 a+b&c=d", "100%25 a+b&c=d")]
    [InlineData("x--b0--", "x--b0--")]
    [InlineData("x\n--b0", "x\n--b0")]
    [InlineData("", null)]
    [InlineData(" \t ", null)]
    [InlineData("\r\n", null)]
    public void Value_is_taken_as_sent_and_trimmed_and_blank_is_unknown(string value, string? expected)
    {
        var form = Parse(MultipartForm.Write("b0", [("before", "1"), ("a", value), ("after", "2")]));
        Assert.Equal(expected, form.Text("a"));
        Assert.Equal(("1", "2"), (form.Text("before"), form.Text("after")));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b0")]
    [InlineData("multipart/form-data; boundary=\"b0\"")]
    [InlineData("Multipart/Form-Data;Boundary=b0")]
    [InlineData("multipart/form-data; charset=utf-8; boundary = b0 ; x")]
    public void Boundary_is_found_in_the_content_type(string contentType) => Assert.Equal("1", Parse(Body("a", "1"), contentType).Text("a"));

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary")]
    [InlineData("multipart/form-data; xboundary=b0")]
    [InlineData("multipart/form-data; boundary=b 0")]
    [InlineData("multipart/form-data; boundary=bø")]
    [InlineData("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890")]
    public void Content_type_without_a_boundary_is_an_error(string contentType) =>
        Assert.Equal("header Content-Type names no boundary of 1 to 70 characters", Error(Body("a", "1"), contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/mixed; boundary=b0")]
    [InlineData("text/plain; x=multipart/form-data")]
    public void Any_other_content_type_is_read_as_urlencoded(string? contentType) => Assert.Equal("Zoë", Parse("a=Zo%C3%AB"u8.ToArray(), contentType).Text("a"));

    [Theory]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0--", "1")]
    [InlineData("--b0 \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0--\r\nfurther words", "1")]
    [InlineData("first words\r\n--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0--", "1")]
    [InlineData("--b0\r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n--b0--", "1")]
    [InlineData("--b0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"a\"\r\nX: y\r\n\r\n1\r\n--b0--", "1")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n--b0--", "2")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b0--", null)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.txt\"\r\n\r\n1\r\n--b0--", null)]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''x.txt\r\n\r\n1\r\n--b0--", null)]
    [InlineData("--b0--\r\n", null)]
    public void Frame_is_read_as_the_standard_says(string body, string? expected) => Assert.Equal(expected, Parse(Encoding.UTF8.GetBytes(body)).Text("a"));

    [Theory]
    [InlineData("", "form is empty")]
    [InlineData(" \r\n\t", "form is empty")]
    [InlineData("a=1", "form does not hold the boundary of its Content-Type")]
    [InlineData("{\"a\":1}", "form does not hold the boundary of its Content-Type")]
    [InlineData("--b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b1--", "form does not hold the boundary of its Content-Type")]
    [InlineData("--b0\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b0--", "form has a boundary that does not end its line")]
    [InlineData("--b0x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0--", "form has a boundary that does not end its line")]
    [InlineData("--b0", "form has a boundary that does not end its line")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", "form is cut off: its last boundary is missing")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b", "form is cut off: its last boundary is missing")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b0", "form has a boundary that does not end its line")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n1\r\n--b0--", "form has a part without an empty line after its headers")]
    [InlineData("--b0\r\n\r\n1\r\n--b0--", "form has a part without an empty line after its headers")]
    [InlineData("--b0\r\nX: y\r\n\r\n1\r\n--b0--", "form has a part without a name")]
    [InlineData("--b0\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b0--", "form has a part without a name")]
    [InlineData("--b0\r\nContent-Disposition: ;;\r\n\r\n1\r\n--b0--", "form has a part without a name")]
    [InlineData("--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\0\r\n--b0--", "a holds a NUL character")]
    public void Body_that_is_no_multipart_form_is_an_error(string body, string error) => Assert.Equal(error, Error(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error()
    {
        Assert.Equal("a is not UTF-8", Error([.. "--b0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"u8, 0xFF, .. "\r\n--b0--"u8]));
        Assert.Equal("form has a part whose name is not UTF-8 or holds a NUL character", Error([.. "--b0\r\nContent-Disposition: form-data; name=\""u8, 0xFF, .. "\"\r\n\r\n1\r\n--b0--"u8]));
    }

    [Fact]
    public void Names_are_kept_in_the_order_sent()
    {
        var form = Parse(MultipartForm.Write("b0", [("contact[email]", "z"), ("b c", "1"), ("", "2"), ("ë", "3"), ("b c", "4")]));
        Assert.Equal(["contact[email]", "b c", "", "ë"], form.Keys);
        Assert.Equal([("email", "z")], form.Under("contact"));
        Assert.Equal(["a\"b\\c"], Parse("--b0\r\nContent-Disposition: form-data; name=\"a\\\"b\\\\c\"\r\n\r\n1\r\n--b0--"u8.ToArray()).Keys);
    }

    [Fact]
    public void Ten_thousand_parts_are_read_and_one_more_is_not()
    {
        var parts = Enumerable.Range(0, 10_001).Select(i => ($"k{i}", "1")).ToList();
        Assert.Equal(10_000, Parse(MultipartForm.Write("b0", parts.Take(10_000))).Keys.Count);
        Assert.Equal("form has more than 10000 fields", Error(MultipartForm.Write("b0", parts)));
    }

    [Fact]
    public void Part_that_is_json_is_read_with_paths_that_begin_with_its_name()
    {
        var form = Parse(MultipartForm.Write("b0", [("raw", """{"a":{"b":[1,"x"]}}"""), ("broken", "{"), ("blank", " ")]));
        Assert.Equal("raw.a.b[1]", form.Json("raw")["a"]["b"].Items().Last().Path);
        Assert.Equal("raw.a.c is missing", Assert.Throws<PayloadException>(() => form.Json("raw")["a"]["c"].RequiredText()).Message);
        Assert.StartsWith("broken is not JSON that can be read", Assert.Throws<PayloadException>(() => form.Json("broken")).Message, StringComparison.Ordinal);
        Assert.False(form.Json("blank").Exists || form.Json("absent").Exists);
    }

    [Fact]
    public void Peek_reads_what_can_be_read()
    {
        var request = Given.Post(Body("a", "1")).WithHeader("Content-Type", Type);
        Assert.Equal("1", FormPayload.Peek(request)?.Text("a"));
        Assert.Null(FormPayload.Peek(request with { Body = request.Body[..^8] }));
        Assert.Null(FormPayload.Peek(request.WithHeader("Content-Type", "multipart/form-data")));
        Assert.Equal("2", FormPayload.Peek(Given.Post("a=2"))?.Text("a"));
    }

    [Fact]
    public void Delivery_reads_its_body_as_its_content_type_says()
    {
        var delivery = new WebhookDelivery
        {
            Connection = "forms",
            Connector = "acme",
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["content-type"] = Type },
            Body = Body("a", "1"),
            ReceivedAt = Given.Arrival,
        };
        Assert.Equal("1", delivery.Form.Text("a"));
    }

    [Fact]
    public void Mutated_bodies_are_read_or_refused_and_never_end_in_another_error()
    {
        var body = MultipartForm.Write("b0", [("email", "zoë@example.com"), ("blank", ""), ("raw", "{\"a\":1}"), ("total", "12.30")]);
        var (read, refused) = (0, 0);
        foreach (var mutated in Given.Mutations(body, 8_000, 22))
        {
            try
            {
                var form = Parse(mutated);
                Assert.All(form.Keys, key => Assert.Equal(form.Text(key), form.Text(key)?.Trim()));
                read++;
            }
            catch (PayloadException)
            {
                refused++;
            }
        }
        Assert.True(read > 500 && refused > 500, $"{read} were read and {refused} refused.");
    }

    private static byte[] Body(string name, string value) => MultipartForm.Write("b0", [(name, value)]);

    private static FormPayload Parse(byte[] body, string? contentType = Type) => FormPayload.Parse(body, contentType);

    private static string Error(byte[] body, string contentType = Type) => Assert.Throws<PayloadException>(() => FormPayload.Parse(body, contentType)).Message;
}
