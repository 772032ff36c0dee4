using System.Buffers;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Names of mail domains: lower-case ASCII labels of letters, digits and inner hyphens, at least two, the last not a number.</summary>
internal static class DomainName
{
    /// <summary>The longest name that leaves room for a local part and its at sign within 254 characters.</summary>
    public const int MaxLength = 252;

    private const int MaxLabel = 63;

    private static readonly IdnMapping Idn = new();

    /// <summary>Writes the name in its ASCII form; a dot at the end is dropped. Letters beyond ASCII must be in lower case already.</summary>
    public static bool TryNormalize(ReadOnlySpan<char> name, Span<char> buffer, out int length)
    {
        length = 0;
        if (name is [.., '.'])
            name = name[..^1];
        if (name.Length > MaxLength)
            return false;
        if (!Ascii.IsValid(name) && !TryEncode(ref name))
            return false;
        return name.Length <= MaxLength
            && Ascii.ToLower(name, buffer, out length) == OperationStatus.Done
            && IsName(buffer[..length]);
    }

    /// <summary>Punycode by the framework; it knows no case and no composition, hence folded input.</summary>
    private static bool TryEncode(ref ReadOnlySpan<char> name)
    {
        try
        {
            name = Idn.GetAscii(name.ToString());
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 1 || !IsTopLevel(name[(dot + 1)..]))
            return false;
        while (dot >= 0)
        {
            dot = name.IndexOf('.');
            if (!IsLabel(dot < 0 ? name : name[..dot]))
                return false;
            name = name[(dot + 1)..];
        }

        return true;
    }

    private static bool IsTopLevel(ReadOnlySpan<char> label) => label.Length > 1 && label.ContainsAnyInRange('a', 'z');

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var c in label)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return true;
    }
}
