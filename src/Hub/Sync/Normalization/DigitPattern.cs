namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// A regular expression over the digits 0 to 9, as a table of states: one array look-up a digit, no allocation.
/// Knows what numbering plans use: digits, <c>\d</c>, classes, groups, alternatives, <c>?</c> and counted repetition.
/// </summary>
internal sealed class DigitPattern
{
    internal const int DigitCount = 10;
    internal const short Dead = -1;

    private readonly short[] transitions;
    private readonly bool[] accepting;

    internal DigitPattern(short[] transitions, bool[] accepting)
    {
        this.transitions = transitions;
        this.accepting = accepting;
    }

    public static DigitPattern Compile(string expression) => DigitAutomaton.Compile(DigitExpression.Parse(expression));

    /// <summary>Whether all of the digits match.</summary>
    public bool Matches(ReadOnlySpan<char> digits)
    {
        var state = 0;
        foreach (var digit in digits)
        {
            state = Next(state, digit);
            if (state == Dead)
                return false;
        }

        return accepting[state];
    }

    /// <summary>Bit n is set when the first n digits match; n is at most 31.</summary>
    public uint PrefixLengths(ReadOnlySpan<char> digits)
    {
        var state = 0;
        uint lengths = accepting[state] ? 1u : 0u;
        for (var i = 0; i < digits.Length && i < 31; i++)
        {
            state = Next(state, digits[i]);
            if (state == Dead)
                break;
            if (accepting[state])
                lengths |= 1u << (i + 1);
        }

        return lengths;
    }

    private short Next(int state, char digit) => transitions[(state * DigitCount) + (digit - '0')];
}
