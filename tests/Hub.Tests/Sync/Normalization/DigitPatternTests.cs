using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrationHub.Hub.Sync.Normalization;

public sealed class DigitPatternTests
{
    [Fact]
    public void Every_pattern_of_the_metadata_matches_what_the_regular_expression_matches()
    {
        var random = new Random(4711);
        foreach (var pattern in PatternsOfMetadata())
        {
            var compiled = DigitPattern.Compile(pattern);
            var expected = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant);
            for (var i = 0; i < 300; i++)
            {
                var digits = Digits(random, pattern);
                Assert.True(expected.IsMatch(digits) == compiled.Matches(digits), $"{pattern} on {digits}");
            }
        }
    }

    [Theory]
    [InlineData("00|99(?:[01469]|5)", "00492215550142", 0b100u)]
    [InlineData("00(?:1\\d)?", "0017492215550142", 0b10100u)]
    [InlineData("0|180020", "0", 0b10u)]
    [InlineData("0|80?", "8029", 0b110u)]
    [InlineData("", "49", 0b1u)]
    [InlineData("119", "11", 0u)]
    public void The_lengths_of_matching_beginnings_are_told_as_bits(string pattern, string digits, uint lengths)
    {
        Assert.Equal(lengths, DigitPattern.Compile(pattern).PrefixLengths(digits));
    }

    [Theory]
    [InlineData("[0-9")]
    [InlineData("(?:1|2")]
    [InlineData("1)")]
    [InlineData("\\w")]
    [InlineData("1*")]
    [InlineData("1{2")]
    public void An_expression_beyond_digits_is_an_error(string pattern)
    {
        Assert.Throws<FormatException>(() => DigitPattern.Compile(pattern));
    }

    private static IEnumerable<string> PatternsOfMetadata()
    {
        using var stream = typeof(PhoneNumber).Assembly.GetManifestResourceStream("phone-metadata.data");
        Assert.NotNull(stream);
        using var document = JsonDocument.Parse(stream);
        foreach (var country in document.RootElement.GetProperty("countries").EnumerateObject())
            yield return country.Value[2].GetString()!;
    }

    /// <summary>Random digits, which rarely match, begun with digits that stand in the pattern, which often do.</summary>
    private static string Digits(Random random, string pattern)
    {
        var digits = new char[random.Next(4, 15)];
        for (var i = 0; i < digits.Length; i++)
        {
            var c = pattern[random.Next(pattern.Length)];
            digits[i] = i < 3 && char.IsAsciiDigit(c) ? c : (char)('0' + random.Next(10));
        }

        return new string(digits);
    }
}
