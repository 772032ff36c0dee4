using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class EmailAddressPropertyTests
{
    private const string Letters = "abcXYZ019.+-_äÖßİıŞéΣжЯçộ用がﾞＡ。\u0301\u0308\u0323\u0307\u200B\u200D\u00AD😀";

    private static readonly EmailRules[] Rules =
    [
        EmailRules.Default,
        new() { IgnorePlusTags = true },
        new() { IgnoreDotsOfGmail = true },
        new() { IgnorePlusTags = true, IgnoreDotsOfGmail = true },
    ];

    [Fact]
    public void Normalizing_twice_equals_normalizing_once()
    {
        var random = new Random(20261120);
        var valid = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var rules = Rules[random.Next(Rules.Length)];
            var raw = Word(random) + "@" + (random.Next(3) == 0 ? "gmail.com" : $"{Word(random)}.{Word(random)}.com");
            if (!EmailAddress.TryNormalize(raw, rules, out var once))
                continue;
            valid++;
            Assert.True(EmailAddress.TryNormalize(once, rules, out var twice), raw);
            Assert.Equal(once, twice);
        }

        Assert.InRange(valid, 4_000, 40_000);
    }

    [Fact]
    public void What_surrounds_an_address_does_not_change_it()
    {
        string[] before = ["", " ", "\t", "\u00A0", "\u200B", "<", "mailto:", " < ", "MailTo: ", "\uFEFF<mailto:"];
        var random = new Random(42);
        for (var i = 0; i < 5_000; i++)
        {
            var raw = Word(random) + "@example.com";
            var opening = before[random.Next(before.Length)];
            var wrapped = opening + raw + (opening.Contains('<') ? " >" : " \u2003\r\n");
            Assert.Equal(Normalized(raw), Normalized(wrapped));
        }
    }

    [Fact]
    public void Case_does_not_matter_in_ascii()
    {
        var random = new Random(3);
        for (var i = 0; i < 5_000; i++)
        {
            var raw = string.Concat((Word(random) + "@Example.com").Where(char.IsAscii));
            Assert.Equal(Normalized(raw), Normalized(raw.ToUpperInvariant()));
        }
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var random = new Random(7);
        for (var i = 0; i < 60_000; i++)
        {
            if (!EmailAddress.TryNormalize(Garbage.Text(random, "a@b.com<>mailto:xn--ü"), Rules[random.Next(Rules.Length)], out var once))
                continue;
            Assert.True(EmailAddress.TryNormalize(once, out var twice));
            Assert.Equal(once, twice);
        }
    }

    private static string? Normalized(string raw) => EmailAddress.TryNormalize(raw, out var normalized) ? normalized : null;

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        var letters = Letters.EnumerateRunes().ToArray();
        var length = random.Next(1, 8);
        for (var i = 0; i < length; i++)
            word.Append(letters[random.Next(2) == 0 ? random.Next(9) : random.Next(letters.Length)]);
        return word.ToString();
    }
}
