namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>Changes bytes, whatever they mean.</summary>
internal static class ByteMutator
{
    private static readonly Func<byte[], Dice, byte[]>[] Kinds = [Flip, Flip, Put, Insert, Insert, Delete, Truncate, Duplicate, Move, Digit];

    public static byte[] Change(byte[] bytes, Dice dice) => bytes.Length == 0 ? dice.Of(StrangeValues.Bytes) : dice.Of(Kinds)(bytes, dice);

    /// <summary>The bytes with others in place of some.</summary>
    public static byte[] Replace(byte[] bytes, int start, int end, ReadOnlySpan<byte> by) => [.. bytes.AsSpan(..start), .. by, .. bytes.AsSpan(end..)];

    private static byte[] Flip(byte[] bytes, Dice dice)
    {
        var changed = (byte[])bytes.Clone();
        changed[dice.Below(changed.Length)] ^= (byte)(1 << dice.Below(8));
        return changed;
    }

    private static byte[] Put(byte[] bytes, Dice dice)
    {
        var (start, by) = (dice.Below(bytes.Length), dice.Of(StrangeValues.Bytes));
        return Replace(bytes, start, Math.Min(bytes.Length, start + by.Length), by);
    }

    private static byte[] Insert(byte[] bytes, Dice dice)
    {
        var start = dice.OneIn(8) ? 0 : dice.Below(bytes.Length + 1);
        return Replace(bytes, start, start, dice.Of(StrangeValues.Bytes));
    }

    private static byte[] Delete(byte[] bytes, Dice dice)
    {
        var (start, end) = Some(bytes, dice);
        return Replace(bytes, start, end, []);
    }

    private static byte[] Truncate(byte[] bytes, Dice dice) => bytes[..dice.Below(bytes.Length)];

    private static byte[] Duplicate(byte[] bytes, Dice dice)
    {
        var (start, end) = Some(bytes, dice);
        return Replace(bytes, end, end, bytes.AsSpan(start..end));
    }

    private static byte[] Move(byte[] bytes, Dice dice)
    {
        var (start, end) = Some(bytes, dice);
        var rest = Replace(bytes, start, end, []);
        var to = dice.Below(rest.Length + 1);
        return Replace(rest, to, to, bytes.AsSpan(start..end));
    }

    // A digit more, less, or another one: most of what a body tells hangs on numbers.
    private static byte[] Digit(byte[] bytes, Dice dice)
    {
        var start = dice.Below(bytes.Length);
        var at = bytes.AsSpan(start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (at < 0) return Flip(bytes, dice);
        byte[] by = dice.Below(4) switch { 0 => [], 1 => [(byte)'-'], 2 => [bytes[start + at], bytes[start + at]], _ => [(byte)('0' + dice.Below(10))] };
        return Replace(bytes, start + at, start + at + 1, by);
    }

    private static (int Start, int End) Some(byte[] bytes, Dice dice)
    {
        var start = dice.Below(bytes.Length);
        return (start, start + 1 + dice.Small(bytes.Length - start - 1));
    }
}
