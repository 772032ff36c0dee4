namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("zoe@example.com", "zoe@example.com")]
    [InlineData("Zoe.Marquez@Example.COM", "zoe.marquez@example.com")]
    [InlineData("  zoe@example.com\r\n", "zoe@example.com")]
    [InlineData("\u00A0zoe@example.com\u202F", "zoe@example.com")]
    [InlineData("\uFEFFzoe@example.com\u200B", "zoe@example.com")]
    [InlineData("zoe@exa\u200Bmple.com", "zoe@example.com")]
    [InlineData("<zoe@example.com>", "zoe@example.com")]
    [InlineData("mailto:zoe@example.com", "zoe@example.com")]
    [InlineData("MAILTO:zoe@example.com?subject=Hi%20there", "zoe@example.com")]
    [InlineData(" <mailto: zoe@example.com > ", "zoe@example.com")]
    [InlineData("zoe@example.com.", "zoe@example.com")]
    [InlineData("zoe+shop@example.com", "zoe+shop@example.com")]
    [InlineData("z.o.e@gmail.com", "z.o.e@gmail.com")]
    [InlineData("zoe.@docomo.example.jp", "zoe.@docomo.example.jp")]
    [InlineData("o'brien_1=a/b@example.com", "o'brien_1=a/b@example.com")]
    [InlineData("k3Vt8mQzR1pXy6LwNs4bHd@Cal.com", "k3vt8mqzr1pxy6lwns4bhd@cal.com")]
    [InlineData("a?b@example.com", "a?b@example.com")]
    [InlineData("zoe@a-b.c1.example.museum", "zoe@a-b.c1.example.museum")]
    [InlineData("zoe@1.example.com", "zoe@1.example.com")]
    public void An_address_gets_one_spelling(string raw, string normalized) => AssertNormalizes(raw, normalized);

    [Theory]
    [InlineData("müller@bücher.de", "müller@xn--bcher-kva.de")]
    [InlineData("MÜLLER@BÜCHER.DE", "müller@xn--bcher-kva.de")]
    [InlineData("mu\u0308ller@bu\u0308cher.de", "müller@xn--bcher-kva.de")]
    [InlineData("müller@XN--BCHER-KVA.de", "müller@xn--bcher-kva.de")]
    [InlineData("info2@straße.de", "info2@xn--strae-oqa.de")]
    [InlineData("ngo\u0302\u0323c@example.com", "ngộc@example.com")]
    [InlineData("ng\u00F4\u0323c@example.com", "ngộc@example.com")]
    [InlineData("\uFF3A\uFF4F\uFF45\uFF20\uFF45\uFF58\uFF41\uFF4D\uFF50\uFF4C\uFF45\uFF0E\uFF43\uFF4F\uFF4D", "zoe@example.com")]
    [InlineData("用户@例え.jp", "用户@xn--r8jz45g.jp")]
    [InlineData("用户@例え。jp", "用户@xn--r8jz45g.jp")]
    [InlineData("か\u3099く@example.jp", "がく@example.jp")]
    [InlineData("почта@ПРИМЕР.рф", "почта@xn--e1afmkfd.xn--p1ai")]
    [InlineData("zoe@😀.la", "zoe@xn--e28h.la")]
    [InlineData("STRAẞE@example.com", "straße@example.com")]
    [InlineData("ﬁ@example.com", "ﬁ@example.com")]
    public void Letters_beyond_ascii_get_one_spelling(string raw, string normalized) => AssertNormalizes(raw, normalized);

    [Theory]
    [InlineData("ALI@EXAMPLE.COM", "ali@example.com")]
    [InlineData("ISTANBUL@EXAMPLE.COM", "istanbul@example.com")]
    [InlineData("ışık@example.com", "ışık@example.com")]
    [InlineData("İzmir@example.com", "i\u0307zmir@example.com")]
    [InlineData("zoe@İzmir.com", "zoe@xn--izmir-7fd.com")]
    public void The_turkish_i_follows_no_culture(string raw, string normalized) => AssertNormalizes(raw, normalized);

    [Fact]
    public void Letters_that_look_alike_stay_different()
    {
        AssertNormalizes("\u0430nna@example.com", "\u0430nna@example.com");
        AssertNormalizes("anna@ex\u0430mple.com", "anna@xn--exmple-4nf.com");
        AssertNormalizes("anna@example.com", "anna@example.com");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("@")]
    [InlineData("zoe")]
    [InlineData("zoe@")]
    [InlineData("@example.com")]
    [InlineData("zoe@@example.com")]
    [InlineData("zoe@a@example.com")]
    [InlineData("zoe marquez@example.com")]
    [InlineData("zoe@exam ple.com")]
    [InlineData("Zoe <zoe@example.com>")]
    [InlineData("zoe\u00A0m@example.com")]
    [InlineData("zoe\u0000@example.com")]
    [InlineData("zoe\u0085m@example.com")]
    [InlineData("zoe\n@example.com")]
    [InlineData("zoe@localhost")]
    [InlineData("zoe@example.")]
    [InlineData("zoe@.com")]
    [InlineData("zoe@example..com")]
    [InlineData("zoe@example.com..")]
    [InlineData("zoe@-example.com")]
    [InlineData("zoe@example-.com")]
    [InlineData("zoe@exa_mple.com")]
    [InlineData("zoe@127.0.0.1")]
    [InlineData("zoe@[127.0.0.1]")]
    [InlineData("zoe@example.c")]
    [InlineData("zoe@example.com,")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("\"zoe\"@example.com")]
    [InlineData("“zoe@example.com”")]
    [InlineData("zoe(x)@example.com")]
    [InlineData("zoe\\x@example.com")]
    [InlineData("...@example.com")]
    [InlineData("-@example.com")]
    [InlineData("\uFFFDzoe@example.com")]
    [InlineData("Info Requested")]
    [InlineData("{{ contact.email }}")]
    public void What_nobody_can_send_to_is_invalid(string raw)
    {
        Assert.False(EmailAddress.TryNormalize(raw, out var normalized));
        Assert.Null(normalized);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_invalid()
    {
        AssertInvalid("\uD800zoe@example.com");
        AssertInvalid("zoe@ex\uDC00ample.com");
    }

    [Fact]
    public void Lengths_are_those_of_the_standard()
    {
        var local64 = new string('a', 64);
        var label63 = new string('b', 63);
        AssertNormalizes($"{local64}@example.com", $"{local64}@example.com");
        AssertNormalizes($"zoe@{label63}.com", $"zoe@{label63}.com");
        AssertInvalid($"a{local64}@example.com");
        AssertInvalid($"{new string('ü', 33)}@example.com");
        AssertInvalid($"zoe@b{label63}.com");
        AssertInvalid($"zoe@{new string('ü', 63)}.com");
        var domain = $"{label63}.{label63}.{new string('c', 57)}.com";
        AssertNormalizes($"{new string('a', 64)}@{domain}", $"{new string('a', 64)}@{domain}");
        AssertInvalid($"{new string('a', 64)}@d{domain}");
        AssertInvalid(new string(' ', 2000) + "zoe@example.com");
    }

    [Theory]
    [InlineData("Zoe+Shop+2@example.com", "zoe@example.com")]
    [InlineData("z.oe+x@gmail.com", "z.oe@gmail.com")]
    [InlineData("+x@example.com", "+x@example.com")]
    public void A_configuration_may_ignore_plus_tags(string raw, string expected)
    {
        Assert.True(EmailAddress.TryNormalize(raw, new EmailRules { IgnorePlusTags = true }, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData("Z.o.e@GMail.com", "zoe@gmail.com")]
    [InlineData("z.o.e+x@googlemail.com", "zoe+x@googlemail.com")]
    [InlineData("z.o.e@example.com", "z.o.e@example.com")]
    public void A_configuration_may_ignore_the_dots_of_gmail(string raw, string expected)
    {
        Assert.True(EmailAddress.TryNormalize(raw, new EmailRules { IgnoreDotsOfGmail = true }, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Fact]
    public void A_normalized_address_costs_no_new_string()
    {
        var raw = string.Concat("zoe", "@example.com");
        Assert.True(EmailAddress.TryNormalize(raw, out var normalized));
        Assert.Same(raw, normalized);
    }

    private static void AssertNormalizes(string raw, string expected)
    {
        Assert.True(EmailAddress.TryNormalize(raw, out var normalized));
        Assert.Equal(expected, normalized);
    }

    private static void AssertInvalid(string raw) => Assert.False(EmailAddress.TryNormalize(raw, out _));
}
