using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// Phone numbers in any notation to E.164. With a plus the sender has said that it is E.164: the calling code must exist and the length be plausible,
/// so that new ranges pass before the metadata knows them. Without one, the numbering plan of the default country is the judge.
/// </summary>
internal static class PhoneNumber
{
    private const int MinDigits = 8;
    private const int MaxDigits = 15;

    /// <summary>Digits in which a country's own code may also begin a number of that country (49… in Germany).</summary>
    private const int AmbiguousLength = 11;

    private static readonly PhoneResult NoCode = new PhoneResult.Refused("no such country calling code");
    private static readonly PhoneResult NoCountry = new PhoneResult.Refused("no country calling code and no default country");
    private static readonly PhoneResult UnknownCountry = new PhoneResult.Refused("the default country is unknown");
    private static readonly PhoneResult NotInPlan = new PhoneResult.Refused("no number of the default country");
    private static readonly PhoneResult WrongLength = new PhoneResult.Refused("too few or too many digits");
    private static readonly PhoneResult Junk = new PhoneResult.Refused("repeated or counted digits");

    /// <summary>True for a number that can name one person; false for none and for one with an extension, see <see cref="Read"/>.</summary>
    public static bool TryNormalize(string raw, string? defaultCountry, [NotNullWhen(true)] out string? e164)
    {
        e164 = (Read(raw, defaultCountry) as PhoneResult.Number)?.E164;
        return e164 is not null;
    }

    /// <summary>Reads a number; <paramref name="defaultCountry"/> is ISO 3166-1 alpha-2 and counts only where no country stands in the number.</summary>
    public static PhoneResult Read(string raw, string? defaultCountry)
    {
        var scanner = new PhoneScanner(stackalloc char[PhoneScanner.MaxDigits]);
        scanner.Scan(raw);
        if (scanner.Refusal is { } refusal)
            return new PhoneResult.Refused(refusal);
        var result = scanner.HasPlus ? International(scanner.Digits) : National(scanner.Digits, defaultCountry);
        return scanner.Extension is { } extension && result is PhoneResult.Number number
            ? new PhoneResult.HasExtension(number.E164, extension)
            : result;
    }

    private static PhoneResult International(ReadOnlySpan<char> digits)
    {
        if (digits is ['0', '0', ..])
            digits = digits[2..];
        if (NumberingMetadata.Current.CodeOf(digits) is not { } code)
            return NoCode;
        var written = digits[code.Digits.Length..];
        var number = code.AfterCode(written);
        return Compose(code, number.IsEmpty ? Unplanned(written, code) : number);
    }

    /// <summary>A number that the metadata does not know keeps its digits, but no trunk 0: +44 (0)… and +44… stay one number.</summary>
    private static ReadOnlySpan<char> Unplanned(ReadOnlySpan<char> written, CallingCode code)
    {
        if (code.Main.Prefix.Trunk != "0" || written is not ['0', ..])
            return written;
        var bare = written.TrimStart('0');
        var number = code.AfterCode(bare);
        return number.IsEmpty ? bare : number;
    }

    private static PhoneResult National(ReadOnlySpan<char> digits, string? defaultCountry)
    {
        if (string.IsNullOrEmpty(defaultCountry))
            return NoCountry;
        var metadata = NumberingMetadata.Current;
        if (metadata.PlanOf(defaultCountry) is not { } plan || metadata.CodeOf(plan.CallingCode) is not { } code)
            return UnknownCountry;
        if (DialledAbroad(digits, plan) is { } abroad)
            return abroad;
        var number = code.DialledIn(plan, digits);
        var afterCode = AfterOwnCode(digits, plan, code, isNumber: !number.IsEmpty);
        if (!afterCode.IsEmpty)
            number = afterCode;
        return number.IsEmpty ? NotInPlan : Compose(code, number);
    }

    /// <summary>A number behind 00 or what is dialled in the country before calls abroad; null if it is none.</summary>
    private static PhoneResult? DialledAbroad(ReadOnlySpan<char> digits, NumberingPlan plan)
    {
        var lengths = plan.InternationalPrefixLengths(digits);
        if (digits is ['0', '0', ..])
            lengths |= 1u << 2;
        for (; lengths != 0; lengths &= ~(1u << BitOperations.Log2(lengths)))
        {
            var rest = digits[BitOperations.Log2(lengths)..];
            if (NumberingMetadata.Current.CodeOf(rest) is not { } code)
                continue;
            var number = code.AfterCode(rest[code.Digits.Length..]);
            if (!number.IsEmpty)
                return Compose(code, number);
        }

        return null;
    }

    /// <summary>
    /// The number behind the country's own code, for people who leave the plus out. Where such digits are a number of the country as well,
    /// they count as one, unless they lack the trunk prefix and are so long that somebody must have written the code.
    /// </summary>
    private static ReadOnlySpan<char> AfterOwnCode(ReadOnlySpan<char> digits, NumberingPlan plan, CallingCode code, bool isNumber)
    {
        if (!digits.StartsWith(code.Digits))
            return [];
        var likely = plan.HasLongNumbers && plan.Prefix.Trunk is not null && digits.Length >= AmbiguousLength;
        return isNumber && !likely ? [] : code.AfterCode(digits[code.Digits.Length..]);
    }

    private static PhoneResult Compose(CallingCode code, ReadOnlySpan<char> number)
    {
        if (code.Digits.Length + number.Length is < MinDigits or > MaxDigits)
            return WrongLength;
        return PhoneJunk.Refuses(number) ? Junk : new PhoneResult.Number(string.Concat("+", code.Digits, number));
    }
}
