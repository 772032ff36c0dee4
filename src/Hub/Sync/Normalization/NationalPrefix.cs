using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// What is dialled before a number inside its own country and is no part of it: the trunk prefix (0 in Germany, 8 in Russia), a carrier's code.
/// A few plans rewrite instead: Argentina's 15 within the number becomes a 9 before it, small islands add the area that everybody leaves out.
/// </summary>
internal sealed class NationalPrefix
{
    private readonly Lazy<DigitPattern> dropped;
    private readonly Lazy<Regex>? rewritten;
    private readonly string replacement = "";

    public NationalPrefix(string? trunk, string? parsingPattern, string? replacement)
    {
        Trunk = trunk;
        var pattern = parsingPattern ?? trunk ?? "";
        if (replacement is null)
        {
            dropped = new(() => DigitPattern.Compile(pattern));
            return;
        }

        dropped = new(() => DigitPattern.Compile(trunk ?? ""));
        rewritten = new(() => new Regex($"^(?:{pattern})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        this.replacement = replacement;
    }

    /// <summary>The plain trunk prefix; null in countries without one.</summary>
    public string? Trunk { get; }

    /// <summary>The digits without the prefix, if that makes a number of the plan; empty if there is no prefix or nothing valid is left.</summary>
    public ReadOnlySpan<char> Strip(ReadOnlySpan<char> digits, CallingCode code, NumberingPlan plan)
    {
        var lengths = dropped.Value.PrefixLengths(digits) & ~1u;
        while (lengths != 0)
        {
            var longest = BitOperations.Log2(lengths);
            if (code.Matches(digits[longest..], plan))
                return digits[longest..];
            lengths &= ~(1u << longest);
        }

        return rewritten is null ? [] : Rewrite(rewritten.Value, digits, code, plan);
    }

    private ReadOnlySpan<char> Rewrite(Regex prefix, ReadOnlySpan<char> digits, CallingCode code, NumberingPlan plan)
    {
        var dialled = digits.ToString();
        var match = prefix.Match(dialled);
        if (!match.Success)
            return [];
        var lead = match.Groups[^1].Success ? match.Result(replacement) : "";
        var number = string.Create(CultureInfo.InvariantCulture, $"{lead}{dialled.AsSpan(match.Length)}");
        return code.Matches(number, plan) ? number : [];
    }
}
