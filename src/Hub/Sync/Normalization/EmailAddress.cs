using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// E-mail addresses in any notation to one spelling: lower case, the domain in its ASCII (punycode) form, nothing around the address.
/// Only what can be sent to over the internet counts: a domain with a dot, no quoted local part, no address literal.
/// </summary>
internal static class EmailAddress
{
    private const int MaxInput = 1000;
    private const int MaxAddress = 254;
    private const int MaxLocalPart = 64;

    private static readonly SearchValues<char> LocalAscii =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~");

    public static bool TryNormalize(string raw, [NotNullWhen(true)] out string? normalized) =>
        TryNormalize(raw, EmailRules.Default, out normalized);

    public static bool TryNormalize(string raw, EmailRules rules, [NotNullWhen(true)] out string? normalized)
    {
        normalized = null;
        if (raw.Length > MaxInput)
            return false;
        var text = Unwrap(raw);
        if (!Ascii.IsValid(text))
        {
            if (UnicodeFolding.Fold(text) is not { } folded)
                return false;
            text = Unwrap(folded);
        }

        var at = text.IndexOf('@');
        if (at < 1 || text[(at + 1)..].Contains('@'))
            return false;
        normalized = Compose(raw, text[..at], text[(at + 1)..], rules);
        return normalized is not null;
    }

    private static string? Compose(string raw, ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain, EmailRules rules)
    {
        Span<char> buffer = stackalloc char[MaxAddress];
        Span<char> domainBuffer = stackalloc char[DomainName.MaxLength];
        if (!DomainName.TryNormalize(domain, domainBuffer, out var domainLength))
            return null;
        domainBuffer = domainBuffer[..domainLength];
        if (!TryNormalizeLocalPart(localPart, domainBuffer, rules, buffer, out var length))
            return null;
        if (Encoding.UTF8.GetByteCount(buffer[..length]) + 1 + domainLength > MaxAddress)
            return null;
        buffer[length++] = '@';
        domainBuffer.CopyTo(buffer[length..]);
        var address = buffer[..(length + domainLength)];
        return address.SequenceEqual(raw) ? raw : address.ToString();
    }

    private static bool TryNormalizeLocalPart(
        ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain, EmailRules rules, Span<char> buffer, out int length)
    {
        length = 0;
        if (localPart.Length > MaxLocalPart || Encoding.UTF8.GetByteCount(localPart) > MaxLocalPart)
            return false;
        var tag = rules.IgnorePlusTags ? localPart.IndexOf('+') : -1;
        if (tag > 0)
            localPart = localPart[..tag];
        var skipDots = rules.IgnoreDotsOfGmail && domain is "gmail.com" or "googlemail.com" && Ascii.IsValid(localPart);
        var names = false;
        foreach (var c in localPart)
        {
            if (c < 128 && !LocalAscii.Contains(c))
                return false;
            if (c == '.' && skipDots)
                continue;
            names |= c >= 128 || char.IsAsciiLetterOrDigit(c);
            buffer[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        return names;
    }

    /// <summary>Takes away spaces, angle brackets, <c>mailto:</c> and what follows its question mark, as often as they are wrapped.</summary>
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        int length;
        do
        {
            length = text.Length;
            text = Invisible.Trim(text);
            if (text is ['<', .., '>'])
                text = text[1..^1];
            if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
                text = WithoutQuery(text["mailto:".Length..]);
        }
        while (text.Length != length);
        return text;
    }

    private static ReadOnlySpan<char> WithoutQuery(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        var query = at < 0 ? -1 : text[at..].IndexOf('?');
        return query < 0 ? text : text[..(at + query)];
    }
}
