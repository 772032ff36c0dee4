using System.Collections.Frozen;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>Which answers to a question of consent mean yes, and which mean no.</summary>
/// <param name="yes">Further answers that mean yes, case aside.</param>
/// <param name="no">Further answers that mean no, case aside.</param>
public sealed class ConsentWords(IReadOnlyList<string> yes, IReadOnlyList<string> no)
{
    private static readonly FrozenSet<string> Yes = new[] { "yes", "true", "1", "on", "ja", "oui", "sí", "si", "sim", "tak", "ano", "igen", "joo", "kyllä", "evet" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> No = new[] { "no", "false", "0", "off", "nein", "non", "não", "nie", "ne", "nej", "nei", "nee", "nem", "ei", "hayır" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the one answer that was chosen means, by the settings or its first word (<c>Yes, please</c>); null when that can't be told.</summary>
    public ConsentState? OfChoice(string answer)
    {
        answer = answer.Trim();
        if (no.Contains(answer, StringComparer.OrdinalIgnoreCase)) return ConsentState.Withdrawn;
        if (yes.Contains(answer, StringComparer.OrdinalIgnoreCase)) return ConsentState.Granted;
        var word = new string([.. answer.TakeWhile(char.IsLetterOrDigit)]);
        return No.Contains(word) ? ConsentState.Withdrawn : Yes.Contains(word) ? ConsentState.Granted : null;
    }

    /// <summary>What ticked boxes mean: a no among them is a no, any other box that was ticked is a yes; null when none is.</summary>
    public ConsentState? OfTicks(IReadOnlyCollection<string> ticked)
    {
        if (ticked.Count == 0) return null;
        return ticked.Any(answer => OfChoice(answer) is ConsentState.Withdrawn) ? ConsentState.Withdrawn : ConsentState.Granted;
    }
}
