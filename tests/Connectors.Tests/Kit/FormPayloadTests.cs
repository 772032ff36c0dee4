using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class FormPayloadTests
{
    [Theory]
    [InlineData("a=1", "1")]
    [InlineData("a=Zo%C3%AB", "Zoë")]
    [InlineData("a=Zo%c3%ab", "Zoë")]
    [InlineData("a=Zoë", "Zoë")]
    [InlineData("a=%F0%9F%98%80", "😀")]
    [InlineData("a=one+two", "one two")]
    [InlineData("a=one%20two", "one two")]
    [InlineData("a=one%2Btwo", "one+two")]
    [InlineData("a=100%25", "100%")]
    [InlineData("a=1%262%3D3", "1&2=3")]
    [InlineData("a=b=c=", "b=c=")]
    [InlineData("a=x%0D%0Ay", "x\r\ny")]
    [InlineData("a=%E2%80%AE", "\u202E")]
    [InlineData("&&a=1&&", "1")]
    [InlineData("b=2&a=1", "1")]
    [InlineData("%61=1", "1")]
    [InlineData("a=++1++", "1")]
    [InlineData("a=1\r\n", "1")]
    [InlineData("a=", null)]
    [InlineData("a=++", null)]
    [InlineData("a=%20%09%C2%A0", null)]
    [InlineData("A=1", null)]
    [InlineData("=1", null)]
    public void Value_is_decoded_and_trimmed_and_blank_is_unknown(string body, string? expected) => Assert.Equal(expected, Given.Form(body).Text("a"));

    [Fact]
    public void Keys_are_decoded_and_kept_in_the_order_sent()
    {
        var form = Given.Form("contact%5Bemail%5D=z&b+c=1&a=2&=3&%C3%AB=4&b+c=5");
        Assert.Equal(["contact[email]", "b c", "a", "", "ë"], form.Keys);
        Assert.Equal("z", form.Text("contact[email]"));
    }

    [Fact]
    public void Of_a_repeated_key_the_last_value_counts_even_when_it_is_blank()
    {
        Assert.Equal("2", Given.Form("a=1&a=2").Text("a"));
        Assert.Null(Given.Form("a=1&a=").Text("a"));
        Assert.Equal("2", Given.Form("tag[]=1&tag[]=2").Text("tag[]"));
    }

    [Theory]
    [InlineData("a=%", "a holds a broken percent escape")]
    [InlineData("a=%4", "a holds a broken percent escape")]
    [InlineData("a=%4&b=1", "a holds a broken percent escape")]
    [InlineData("a=%zz", "a holds a broken percent escape")]
    [InlineData("a=%4g", "a holds a broken percent escape")]
    [InlineData("a=%%41", "a holds a broken percent escape")]
    [InlineData("a=%u00e9", "a holds a broken percent escape")]
    [InlineData("a%=1", "form key holds a broken percent escape")]
    [InlineData("contact[email]=%", "contact[email] holds a broken percent escape")]
    [InlineData("a=%FF", "a is not UTF-8")]
    [InlineData("a=Zo%EB", "a is not UTF-8")]
    [InlineData("a=%C3", "a is not UTF-8")]
    [InlineData("a=%ED%A0%BD%ED%B8%80", "a is not UTF-8")]
    [InlineData("a=%C0%80", "a is not UTF-8")]
    [InlineData("%FF=1", "form is not UTF-8")]
    [InlineData("a=%00", "a holds a NUL character")]
    [InlineData("a=x%00y", "a holds a NUL character")]
    [InlineData("a=\0", "a holds a NUL character")]
    [InlineData("%00=1", "form key holds a NUL character")]
    [InlineData("a", "form is not key=value pairs joined by &")]
    [InlineData("a=1&b", "form is not key=value pairs joined by &")]
    [InlineData("{\"a\":1}", "form is not key=value pairs joined by &")]
    [InlineData("", "form is empty")]
    [InlineData(" \r\n\t", "form is empty")]
    public void Body_that_is_no_form_is_an_error(string body, string error) => Assert.Equal(error, Error(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Raw_bytes_that_are_not_utf8_are_an_error() => Assert.Equal("a is not UTF-8", Error([(byte)'a', (byte)'=', 0xFF]));

    [Fact]
    public void Ten_thousand_fields_are_read_and_one_more_is_not()
    {
        var fields = Enumerable.Range(0, 10_000).Select(i => $"k{i}={i}").ToList();
        Assert.Equal(10_000, Given.Form(string.Join('&', fields)).Keys.Count);
        Assert.Equal("form has more than 10000 fields", Error(Encoding.UTF8.GetBytes(string.Join('&', fields.Append("one=more")))));
        Assert.Single(Given.Form(string.Join('&', Enumerable.Repeat("a=1", 10_001))).Keys);
    }

    [Fact]
    public void Typed_reads_name_the_key_in_their_errors()
    {
        var form = Given.Form("n=+12.30+&i=42&t=2026-11-21T12%3A00%3A00%2B02%3A00&x=Zo%C3%AB&blank=+");
        Assert.Equal(12.30m, form.Decimal("n"));
        Assert.Equal(42, form.Integer("i"));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero), form.Time("t"));
        Assert.Equal("Zoë", form.RequiredText("x"));
        foreach (var key in new[] { "blank", "absent" })
        {
            Assert.Null(form.Decimal(key));
            Assert.Null(form.Integer(key));
            Assert.Null(form.Time(key));
            Assert.Equal($"{key} is missing", Assert.Throws<PayloadException>(() => form.RequiredText(key)).Message);
        }
        Assert.Equal("x is not a decimal number, or is too large for one", Assert.Throws<PayloadException>(() => form.Decimal("x")).Message);
        Assert.Equal("n is not a whole number, or is beyond 2^63", Assert.Throws<PayloadException>(() => form.Integer("n")).Message);
        Assert.Equal("x is not an ISO 8601 time", Assert.Throws<PayloadException>(() => form.Time("x")).Message);
    }

    [Fact]
    public void Plus_of_a_zone_must_be_escaped_or_it_is_a_blank() =>
        Assert.Equal("t is not an ISO 8601 time", Assert.Throws<PayloadException>(() => Given.Form("t=2026-11-21T12:00:00+02:00").Time("t")).Message);

    [Fact]
    public void Keys_under_another_are_told_with_their_values()
    {
        var form = Given.Form("contact[email]=z&contact[fields][7]=x&contact[fields][8][name]=+y+&contact[blank]=+&contact[]=l&contacts[a]=no&contact=no&contact[open=no&xcontact[a]=no&contact(a)=no");
        Assert.Equal([("email", "z"), ("fields][7", "x"), ("fields][8][name", "y")], form.Under("contact"));
        Assert.Equal([("7", "x"), ("8][name", "y")], form.Under("contact[fields]"));
        Assert.Empty(form.Under("contact[email]"));
        Assert.Empty(form.Under("absent"));
    }

    [Fact]
    public void Body_without_any_pair_has_no_keys() => Assert.Empty(Given.Form("&&").Keys);

    [Fact]
    public void Form_of_fields_reads_like_one_that_was_sent()
    {
        var form = FormPayload.Of([("a[b]", " 1 "), ("a[c]", null), ("a[d]", ""), ("a[e]", "x & y = 100 %+"), ("a[b]", "2")]);
        Assert.Equal(["a[b]", "a[d]", "a[e]"], form.Keys);
        Assert.Equal([("b", "2"), ("e", "x & y = 100 %+")], form.Under("a"));
        Assert.Equal("a[d] is missing", Assert.Throws<PayloadException>(() => form.RequiredText("a[d]")).Message);
    }

    [Fact]
    public void Mutated_bodies_are_read_or_refused_and_never_end_in_another_error()
    {
        var body = Encoding.UTF8.GetBytes("contact%5Bemail%5D=zo%C3%AB%40example.com&contact[fields][7]=one+two&total=12.30&id=42&at=2026-11-21T12%3A00%3A00Z&empty=");
        var (read, refused) = (0, 0);
        foreach (var mutated in Given.Mutations(body, 8_000, 21))
        {
            try
            {
                var form = FormPayload.Parse(mutated);
                foreach (var key in form.Keys) Visit(form, key);
                read++;
            }
            catch (PayloadException)
            {
                refused++;
            }
        }
        Assert.True(read > 500 && refused > 500, $"{read} were read and {refused} refused.");
    }

    private static void Visit(FormPayload form, string key)
    {
        Assert.Equal(form.Text(key), form.Text(key)?.Trim());
        Assert.All(form.Under(key), member => Assert.False(string.IsNullOrWhiteSpace(member.Value)));
        foreach (Func<object?> read in (Func<object?>[])[() => form.Decimal(key), () => form.Integer(key), () => form.Time(key), () => form.RequiredText(key)])
        {
            try
            {
                read();
            }
            catch (PayloadException exception)
            {
                Assert.Equal(key, exception.Path);
            }
        }
    }

    private static string Error(byte[] body) => Assert.Throws<PayloadException>(() => FormPayload.Parse(body)).Message;
}
