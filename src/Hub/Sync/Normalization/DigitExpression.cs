namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>The syntax tree of a <see cref="DigitPattern"/>.</summary>
internal abstract record DigitExpression
{
    private DigitExpression()
    {
    }

    /// <summary>One digit; bit n of the mask is set when the digit n is allowed.</summary>
    internal sealed record Digit(int Mask) : DigitExpression;

    internal sealed record Sequence(IReadOnlyList<DigitExpression> Parts) : DigitExpression;

    internal sealed record Choice(IReadOnlyList<DigitExpression> Options) : DigitExpression;

    internal sealed record Repeat(DigitExpression Part, int Min, int Max) : DigitExpression;

    public static DigitExpression Parse(string text)
    {
        var parser = new Parser(text);
        var expression = parser.ReadChoice();
        return parser.AtEnd ? expression : throw parser.Unexpected();
    }

    private sealed class Parser(string text)
    {
        private const int AnyDigit = (1 << DigitPattern.DigitCount) - 1;

        private int at;

        public bool AtEnd => at == text.Length;

        public FormatException Unexpected() => new($"Digit pattern, unexpected text at {at}: {text}");

        public DigitExpression ReadChoice()
        {
            List<DigitExpression> options = [ReadSequence()];
            while (Skip('|'))
                options.Add(ReadSequence());
            return options is [var only] ? only : new Choice(options);
        }

        private Sequence ReadSequence()
        {
            List<DigitExpression> parts = [];
            while (!AtEnd && text[at] is not ('|' or ')'))
                parts.Add(ReadRepeat());
            return new Sequence(parts);
        }

        private DigitExpression ReadRepeat()
        {
            var part = ReadPart();
            if (Skip('?'))
                return new Repeat(part, 0, 1);
            if (!Skip('{'))
                return part;
            var min = ReadCount();
            var max = Skip(',') ? ReadCount() : min;
            Expect('}');
            return new Repeat(part, min, max);
        }

        private DigitExpression ReadPart()
        {
            if (Skip('['))
                return ReadClass();
            if (Skip('('))
                return ReadGroup();
            if (!Skip('\\'))
                return new Digit(1 << ReadDigit());
            Expect('d');
            return new Digit(AnyDigit);
        }

        private DigitExpression ReadGroup()
        {
            if (Skip('?'))
                Expect(':');
            var group = ReadChoice();
            Expect(')');
            return group;
        }

        private Digit ReadClass()
        {
            var mask = 0;
            while (!Skip(']'))
            {
                var first = ReadDigit();
                var last = Skip('-') ? ReadDigit() : first;
                for (var digit = first; digit <= last; digit++)
                    mask |= 1 << digit;
            }

            return new Digit(mask);
        }

        private int ReadCount()
        {
            var count = ReadDigit();
            while (!AtEnd && char.IsAsciiDigit(text[at]))
                count = (count * 10) + ReadDigit();
            return count;
        }

        private int ReadDigit() => !AtEnd && char.IsAsciiDigit(text[at]) ? text[at++] - '0' : throw Unexpected();

        private void Expect(char expected)
        {
            if (!Skip(expected))
                throw Unexpected();
        }

        private bool Skip(char expected)
        {
            if (AtEnd || text[at] != expected)
                return false;
            at++;
            return true;
        }
    }
}
