using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Steps that work on texts.</summary>
internal static class TextSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A regular expression that can't run away: without backtracking where the pattern allows it, otherwise with a time limit. A limit by the clock also strikes on a machine that is busy, so nothing has one that can do without.</summary>
    /// <exception cref="ArgumentException">The pattern is wrong.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }

    public static string? Capture(Told told, Regex regex, int group)
    {
        try
        {
            return regex.Match(told.Text) is { Success: true } match && match.Groups[group] is { Success: true } found ? found.Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new PayloadException(told.Path, "took too long to match");
        }
    }

    public static string Decimal(Told told, char sign)
    {
        StringBuilder number = new(told.Text.Length);
        foreach (var letter in told.Text)
        {
            if (letter == sign) number.Append('.');
            else if (letter is not ('.' or ',' or '\'' or '’') && !char.IsWhiteSpace(letter)) number.Append(letter);
        }
        PayloadText.Decimal(number.ToString(), told.Path);
        return number.ToString();
    }

    public static string Digest(Told told) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told.Text)).AsSpan(0, 16));
}
