namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Digits that somebody typed to get past a form. All questions are about the significant number, without its calling code.</summary>
internal static class PhoneJunk
{
    private const int Same = 0;
    private const int Up = 1;
    private const int Down = 9;
    private const int LongTail = 7;
    private const int LongRepeat = 8;

    /// <summary>One digit all along, a count of seven or more such as 1234567890 (it may pass from 9 to 0), or seven zeros at the end.</summary>
    public static bool Refuses(ReadOnlySpan<char> number) =>
        TailLength(number, Same) == number.Length
        || (EndsInCount(number) && Math.Max(TailLength(number, Up), TailLength(number, Down)) == number.Length)
        || (number[^1] == '0' && TailLength(number, Same) >= LongTail);

    /// <summary>Whether it ends in seven digits of a count: a number in form, chosen because it is easy to type.</summary>
    public static bool EndsInCount(ReadOnlySpan<char> number) =>
        TailLength(number, Up) >= LongTail || TailLength(number, Down) >= LongTail;

    /// <summary>Whether it ends in the same digit eight times.</summary>
    public static bool EndsInRepeat(ReadOnlySpan<char> number) => TailLength(number, Same) >= LongRepeat;

    /// <summary>How many digits at the end differ from the one before by <paramref name="step"/>, modulo ten; at least 1.</summary>
    private static int TailLength(ReadOnlySpan<char> number, int step)
    {
        var length = Math.Min(1, number.Length);
        while (length < number.Length && (number[^(length + 1)] - '0' + step) % 10 == number[^length] - '0')
            length++;
        return length;
    }
}
