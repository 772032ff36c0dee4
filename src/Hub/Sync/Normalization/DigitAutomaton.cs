using System.Diagnostics;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Turns a <see cref="DigitExpression"/> into the state table of a <see cref="DigitPattern"/> (subset construction).</summary>
internal sealed class DigitAutomaton
{
    private const int Accept = 0;

    /// <summary>A step reads a digit of the mask and goes to <c>To</c>; with the mask 0 it reads nothing and goes to <c>To</c> and <c>Or</c>.</summary>
    private readonly List<(int Mask, int To, int Or)> steps = [(0, Accept, Accept)];
    private readonly Dictionary<string, short> states = new(StringComparer.Ordinal);
    private readonly List<SortedSet<int>> sets = [];

    public static DigitPattern Compile(DigitExpression expression)
    {
        var automaton = new DigitAutomaton();
        var start = automaton.Add(expression, Accept);
        automaton.StateOf([start]);
        return automaton.Tabulate();
    }

    private DigitPattern Tabulate()
    {
        List<short> transitions = [];
        for (var state = 0; state < sets.Count; state++)
            for (var digit = 0; digit < DigitPattern.DigitCount; digit++)
                transitions.Add(After(sets[state], digit));
        return new DigitPattern([.. transitions], [.. sets.Select(set => set.Contains(Accept))]);
    }

    private short After(SortedSet<int> set, int digit)
    {
        List<int> reached = [];
        foreach (var step in set)
            if ((steps[step].Mask >> digit & 1) == 1)
                reached.Add(steps[step].To);
        return reached.Count == 0 ? DigitPattern.Dead : StateOf(reached);
    }

    private short StateOf(List<int> reached)
    {
        SortedSet<int> set = [];
        foreach (var step in reached)
            Close(step, set);
        var key = string.Join(',', set);
        if (!states.TryGetValue(key, out var state))
        {
            state = checked((short)sets.Count);
            states.Add(key, state);
            sets.Add(set);
        }

        return state;
    }

    private void Close(int step, SortedSet<int> set)
    {
        if (!set.Add(step) || step == Accept || steps[step].Mask != 0)
            return;
        Close(steps[step].To, set);
        Close(steps[step].Or, set);
    }

    /// <summary>Adds the steps of the expression in front of <paramref name="next"/> and returns the first of them.</summary>
    private int Add(DigitExpression expression, int next)
    {
        switch (expression)
        {
            case DigitExpression.Digit digit:
                return AddStep(digit.Mask, next, next);
            case DigitExpression.Sequence sequence:
                for (var i = sequence.Parts.Count - 1; i >= 0; i--)
                    next = Add(sequence.Parts[i], next);
                return next;
            case DigitExpression.Choice choice:
                var first = Add(choice.Options[0], next);
                for (var i = 1; i < choice.Options.Count; i++)
                    first = AddStep(0, first, Add(choice.Options[i], next));
                return first;
            case DigitExpression.Repeat repeat:
                return AddRepeat(repeat, next);
            default:
                throw new UnreachableException();
        }
    }

    private int AddRepeat(DigitExpression.Repeat repeat, int next)
    {
        var entry = next;
        for (var i = repeat.Min; i < repeat.Max; i++)
            entry = AddStep(0, Add(repeat.Part, entry), next);
        for (var i = 0; i < repeat.Min; i++)
            entry = Add(repeat.Part, entry);
        return entry;
    }

    private int AddStep(int mask, int to, int or)
    {
        steps.Add((mask, to, or));
        return steps.Count - 1;
    }
}
