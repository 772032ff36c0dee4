using System.Collections.Frozen;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Numbers that are typed in place of one. The ranges kept for fiction (555-01xx and its like) are not among them: demonstrations use those.</summary>
internal static class PhoneBlocklist
{
    private const string DirectoryAssistance = "5551212";

    /// <summary>Twilio's numbers for tests of its own errors, +15005550000 to +15005550009.</summary>
    private const string TwilioTests = "+1500555000";

    /// <summary>Examples of vendors' and operators' documentation that people copy.</summary>
    private static readonly FrozenSet<string> Examples = FrozenSet.Create(
        StringComparer.Ordinal,
        "+8613800138000", "+13800138000", "+447911123456", "+14155552671", "+15017122661", "+15558675310", "+14155238886");

    public static string? Blocks(string e164)
    {
        var digits = e164.AsSpan().TrimStart('+');
        if (digits.Length != e164.Length - 1 || digits.ContainsAnyExceptInRange('0', '9'))
            return "no number: not in E.164";
        if (Examples.Contains(e164) || (e164.Length == TwilioTests.Length + 1 && e164.StartsWith(TwilioTests, StringComparison.Ordinal)))
            return "an example from documentation";
        if (NumberingMetadata.Current.CodeOf(digits) is not { } code || digits.Length == code.Digits.Length)
            return "no number: no such country calling code";
        var number = digits[code.Digits.Length..];
        if (PhoneJunk.Refuses(number) || PhoneJunk.EndsInRepeat(number))
            return "a placeholder: repeated digits";
        if (PhoneJunk.EndsInCount(number))
            return "a placeholder: counted digits";
        return code.Digits == "1" && number.Length == 10 && number.EndsWith(DirectoryAssistance) ? "directory assistance, nobody's own number" : null;
    }
}
