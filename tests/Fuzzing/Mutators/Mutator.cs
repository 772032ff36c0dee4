using System.Text;

namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>Makes new inputs of known ones.</summary>
/// <param name="kin">Inputs of the same target, to take values from.</param>
/// <param name="strangers">Inputs of others.</param>
internal sealed class Mutator(IReadOnlyList<FuzzInput> kin, IReadOnlyList<FuzzInput> strangers)
{
    /// <summary>The input with one to five changes.</summary>
    public FuzzInput Change(FuzzInput input, Dice dice)
    {
        for (var change = dice.Small(4); change >= 0; change--)
        {
            input = dice.Below(12) switch
            {
                0 when input.Headers.Count > 0 => input with { Headers = HeaderMutator.Change(input.Headers, dice) },
                1 when input.Address.Length > 0 => input with { Address = ChangeAddress(input.Address, dice) },
                _ => input with { Body = ChangeBody(input.Body, dice) },
            };
        }
        return input;
    }

    private byte[] ChangeBody(byte[] body, Dice dice)
    {
        if (body.Length == 0 && !dice.OneIn(8)) return body;
        if (dice.OneIn(5) || Document.Of(body) is not { } document) return ByteMutator.Change(body, dice);
        var donor = Document.Of(dice.Of(strangers.Count == 0 || dice.OneIn(2) ? kin : strangers).Body) ?? document;
        return DocumentMutator.Change(document, donor, dice);
    }

    // What a server lets through of an address is ASCII without blanks.
    private string ChangeAddress(string address, Dice dice)
    {
        var bytes = Encoding.UTF8.GetBytes(address);
        var changed = Document.Of(bytes) is { } document && dice.OneIn(2) ? DocumentMutator.Change(document, document, dice) : ByteMutator.Change(bytes, dice);
        return new string([.. Encoding.Latin1.GetString(changed).Where(letter => letter is >= ' ' and <= '~').Take(4_000)]);
    }
}
