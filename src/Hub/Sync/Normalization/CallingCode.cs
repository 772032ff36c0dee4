namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>A country calling code with the plans that share it, the main country's first (+1: the USA, then Canada and the Caribbean).</summary>
internal sealed class CallingCode(string digits, IReadOnlyList<NumberingPlan> plans)
{
    public string Digits => digits;

    public NumberingPlan Main => plans[0];

    /// <summary>
    /// Whether this is a number of any of the plans, in a length that <paramref name="dialledIn"/> has:
    /// seven digits that Canada uses for a service are a number without its area in the USA.
    /// </summary>
    public bool Matches(ReadOnlySpan<char> number, NumberingPlan dialledIn)
    {
        if (!dialledIn.Allows(number.Length))
            return false;
        if (dialledIn.Matches(number))
            return true;
        for (var i = 0; i < plans.Count; i++)
            if (plans[i].Matches(number))
                return true;
        return false;
    }

    /// <summary>The significant number of what follows the calling code; empty when it is no number of the plans.</summary>
    public ReadOnlySpan<char> AfterCode(ReadOnlySpan<char> number)
    {
        if (Matches(number, Main))
            return number;
        var stripped = Main.Prefix.Strip(number, this, Main);
        return stripped.IsEmpty ? WithoutZero(number, Main) : stripped;
    }

    /// <summary>The significant number of what is dialled within a country; empty when it is no number of the plans.</summary>
    public ReadOnlySpan<char> DialledIn(NumberingPlan plan, ReadOnlySpan<char> number)
    {
        var stripped = plan.Prefix.Strip(number, this, plan);
        if (!stripped.IsEmpty)
            return stripped;
        return Matches(number, plan) ? number : WithoutZero(number, plan);
    }

    /// <summary>People write the 0 of their neighbours, or the one that their country has given up: +351 (0)21 …, 022 … in Warsaw.</summary>
    private ReadOnlySpan<char> WithoutZero(ReadOnlySpan<char> number, NumberingPlan plan) =>
        number is ['0', ..] && Matches(number[1..], plan) ? number[1..] : [];
}
