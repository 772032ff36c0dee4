using System.Text;

namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>Changes a document by its structure: what comes of it is mostly still one.</summary>
internal static class DocumentMutator
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly Func<Document, Part, Document, Dice, byte[]>[] Kinds = [Strange, Strange, Strange, Borrow, Borrow, Borrow, Delete, Delete, Duplicate, Repeat, Rename, Swap, Move, Wrap, Nudge, Nudge, Within];

    /// <param name="document">The document.</param>
    /// <param name="donor">Another one, of any format, to take values from.</param>
    /// <param name="dice">Chance.</param>
    public static byte[] Change(Document document, Document donor, Dice dice) => dice.Of(Kinds)(document, dice.Of(document.Parts), donor, dice);

    private static byte[] Strange(Document document, Part part, Document donor, Dice dice) => document.With(part.Value, StrangeValue(document, dice));

    private static string StrangeValue(Document document, Dice dice) =>
        dice.OneIn(2) ? dice.Of(document.Format.Literals) : document.Format.Write(dice.Of(StrangeValues.Texts));

    // Of the same name where there is one: an address for an address, a time for a time.
    private static byte[] Borrow(Document document, Part part, Document donor, Dice dice)
    {
        var named = donor.Parts.Where(other => other.Name.Length > 0 && donor.Raw(other.Name) == document.Raw(part.Name)).ToList();
        var lent = donor.Raw(dice.Of(named.Count > 0 && !dice.OneIn(4) ? named : donor.Parts).Value);
        return document.With(part.Value, donor.Format == document.Format ? lent : document.Format.Write(donor.Format.Read(lent)));
    }

    private static byte[] Delete(Document document, Part part, Document donor, Dice dice) => document.Without(part);

    // Under the same name, with the same or another value.
    private static byte[] Duplicate(Document document, Part part, Document donor, Dice dice)
    {
        var copy = document.Raw(part.Whole);
        if (dice.OneIn(2)) copy = document.Raw(new Span(part.Whole.Start, part.Value.Start)) + StrangeValue(document, dice) + document.Raw(new Span(part.Value.End, part.Whole.End));
        return document.With(new Span(part.Whole.End, part.Whole.End), Parted(document, copy));
    }

    private static byte[] Repeat(Document document, Part part, Document donor, Dice dice)
    {
        var copy = Parted(document, document.Raw(part.Whole));
        var times = Math.Min(dice.Of(StrangeValues.Counts), MaxBytes / Math.Max(1, copy.Length));
        return document.With(new Span(part.Whole.End, part.Whole.End), string.Concat(Enumerable.Repeat(copy, times)));
    }

    private static byte[] Rename(Document document, Part part, Document donor, Dice dice)
    {
        if (part.Name.Length == 0) return Strange(document, part, donor, dice);
        var name = document.Raw(part.Name);
        return document.With(part.Name, dice.Below(5) switch
        {
            0 => document.Format.Write(dice.Of(StrangeValues.Texts)),
            1 => name.ToUpperInvariant(),
            2 => donor.Format == document.Format ? donor.Raw(dice.Of(donor.Parts).Name) : name,
            3 => document.Raw(dice.Of(document.Parts).Name),
            _ => document.Format.Write(document.Format.Read(name) + dice.Of([" ", "s", "[]", "[0]", ".x", "\u200b"])),
        });
    }

    private static byte[] Swap(Document document, Part part, Document donor, Dice dice)
    {
        var other = dice.Of(document.Parts);
        var (first, second) = part.Value.Start < other.Value.Start ? (part.Value, other.Value) : (other.Value, part.Value);
        if (first.End > second.Start) return Delete(document, part, donor, dice);
        return [.. document.Bytes.AsSpan(..first.Start), .. document.Bytes.AsSpan(second.Start..second.End), .. document.Bytes.AsSpan(first.End..second.Start), .. document.Bytes.AsSpan(first.Start..first.End), .. document.Bytes.AsSpan(second.End..)];
    }

    private static byte[] Move(Document document, Part part, Document donor, Dice dice)
    {
        var (copy, to) = (Parted(document, document.Raw(part.Whole)), dice.Of(document.Parts).Whole.End);
        if (to < part.Whole.End) return Duplicate(document, part, donor, dice);
        var moved = document.With(new Span(to, to), copy);
        return (document with { Bytes = moved }).Without(part);
    }

    private static byte[] Wrap(Document document, Part part, Document donor, Dice dice)
    {
        var ((before, after), times) = (dice.Of(document.Format.Wrapping), dice.OneIn(2) ? 1 : dice.Of(StrangeValues.Counts));
        return document.With(part.Value, string.Concat(Enumerable.Repeat(before, times)) + document.Raw(part.Value) + string.Concat(Enumerable.Repeat(after, times)));
    }

    private static byte[] Nudge(Document document, Part part, Document donor, Dice dice) =>
        document.With(part.Value, ByteMutator.Change(document.Bytes[part.Value.Start..part.Value.End], dice));

    // A value can be a document of its own: JSON in a field of a form, a query in an address.
    private static byte[] Within(Document document, Part part, Document donor, Dice dice)
    {
        var inner = Document.Of(Encoding.UTF8.GetBytes(document.Format.Read(document.Raw(part.Value))));
        if (inner is null || part.Value.Length > 100_000) return Strange(document, part, donor, dice);
        return document.With(part.Value, document.Format.Write(Encoding.UTF8.GetString(Change(inner, donor, dice))));
    }

    private static string Parted(Document document, string part) => document.Format.Separator is { } separator ? (char)separator + part : part;
}
