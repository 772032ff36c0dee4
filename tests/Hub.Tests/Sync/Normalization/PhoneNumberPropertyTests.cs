using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class PhoneNumberPropertyTests
{
    private static readonly string?[] Countries =
        ["DE", "US", "CA", "GB", "GG", "IT", "VA", "AR", "MX", "BR", "RU", "KZ", "JP", "AU", "CX", "AG", "CI", "GA", "SM", "NO", "FI", "IN", "CN", "KR", null];

    [Fact]
    public void Normalizing_twice_equals_normalizing_once()
    {
        var random = new Random(20261120);
        for (var i = 0; i < 60_000; i++)
        {
            var country = Countries[random.Next(Countries.Length)];
            var written = Written(random);
            if (PhoneNumber.Read(written, country) is not PhoneResult.Number once)
                continue;
            Assert.Equal(once, PhoneNumber.Read(once.E164, null));
            Assert.Equal(once, PhoneNumber.Read(once.E164, "US"));
            Assert.Matches("^\\+[1-9][0-9]{7,14}$", once.E164);
        }
    }

    [Fact]
    public void Formatting_noise_does_not_change_the_result()
    {
        var random = new Random(42);
        for (var i = 0; i < 30_000; i++)
        {
            var country = Countries[random.Next(Countries.Length)];
            var written = Written(random);
            Assert.Equal(PhoneNumber.Read(written, country), PhoneNumber.Read(WithNoise(random, written), country));
        }
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var random = new Random(7);
        for (var i = 0; i < 60_000; i++)
            _ = PhoneNumber.Read(Garbage.Text(random, "+00490815;ext=x#,.tel:٤５"), Countries[random.Next(Countries.Length)]);
    }

    [Fact]
    public void The_digits_of_any_script_count_as_digits()
    {
        var random = new Random(99);
        foreach (var zero in (ReadOnlySpan<char>)['\u0660', '\u06F0', '\u0966', '\uFF10', '\u0E50', '\u1040'])
        {
            for (var i = 0; i < 500; i++)
            {
                var written = Written(random);
                var other = string.Concat(written.Select(c => char.IsAsciiDigit(c) ? (char)(zero + (c - '0')) : c));
                Assert.Equal(PhoneNumber.Read(written, "DE"), PhoneNumber.Read(other, "DE"));
            }
        }
    }

    /// <summary>Digits behind what numbers often begin with.</summary>
    private static string Written(Random random)
    {
        string[] openings =
        [
            "+", "+49", "+490", "+44", "+440", "+1", "+11", "+39", "+390", "+54", "+549", "+5411", "+52", "+521", "+55", "+7", "+78", "+61", "+610", "+61183",
            "+81", "+225", "+241", "+2410", "+378", "00", "0049", "011", "0011", "0", "049", "8", "810", "1", "44", "49", "91", "52", "15", "01115", "",
        ];
        var text = new StringBuilder(openings[random.Next(openings.Length)]);
        var digits = random.Next(4, 13);
        for (var i = 0; i < digits; i++)
            text.Append((char)('0' + random.Next(10)));
        return text.ToString();
    }

    private static string WithNoise(Random random, string written)
    {
        const string noise = " -.()/\u00A0\u2011\u200B[]";
        var text = new StringBuilder();
        foreach (var c in written)
        {
            if (random.Next(3) == 0)
                text.Append(noise[random.Next(noise.Length)]);
            text.Append(c);
        }

        return text.Append(random.Next(2) == 0 ? ") " : "").ToString();
    }
}
