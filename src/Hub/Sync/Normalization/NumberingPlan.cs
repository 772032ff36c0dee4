using System.Text.Json;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>The telephone numbering plan of one country (or of a calling code that belongs to none, such as +800).</summary>
internal sealed class NumberingPlan
{
    /// <summary>
    /// Mexico dropped 01, 044, 045 and the 1 of its mobiles on 2019-08-03, and the metadata with them; address books and messengers still have them.
    /// </summary>
    private const string FormerMexicanPrefixes = "0(?:[12]|4[45])|1";

    private readonly uint lengths;
    private readonly Lazy<DigitPattern> national;
    private readonly Lazy<DigitPattern> internationalPrefix;

    private NumberingPlan(string callingCode, string national, uint lengths, string internationalPrefix, NationalPrefix prefix)
    {
        CallingCode = callingCode;
        Prefix = prefix;
        this.lengths = lengths;
        this.national = new(() => DigitPattern.Compile(national));
        this.internationalPrefix = new(() => DigitPattern.Compile(internationalPrefix));
    }

    public string CallingCode { get; }

    public NationalPrefix Prefix { get; }

    /// <summary>Whether numbers of the plan grow past eleven digits, so that their length says little.</summary>
    public bool HasLongNumbers => lengths >> 12 != 0;

    /// <summary>Reads one entry of the metadata; the positions are those of libphonenumber-js, version 4.</summary>
    public static NumberingPlan Read(string country, JsonElement entry)
    {
        uint allowed = 0;
        foreach (var length in entry[3].EnumerateArray())
            allowed |= 1u << length.GetInt32();
        var parsingPattern = country == "MX" ? FormerMexicanPrefixes : Text(entry, 7);
        var prefix = new NationalPrefix(Text(entry, 5), parsingPattern, Text(entry, 8));
        var callingCode = Text(entry, 0) ?? throw new FormatException($"Phone metadata: {country} has no calling code.");
        var pattern = Text(entry, 2) ?? throw new FormatException($"Phone metadata: {country} has no number pattern.");
        return new NumberingPlan(callingCode, pattern, allowed, Text(entry, 1) ?? "", prefix);
    }

    public bool Allows(int length) => length < 32 && (lengths >> length & 1) == 1;

    public bool Matches(ReadOnlySpan<char> number) => Allows(number.Length) && national.Value.Matches(number);

    /// <summary>Bit n is set when the first n digits are what is dialled here before a call abroad.</summary>
    public uint InternationalPrefixLengths(ReadOnlySpan<char> digits) => internationalPrefix.Value.PrefixLengths(digits) & ~1u;

    private static string? Text(JsonElement entry, int position) =>
        position < entry.GetArrayLength() && entry[position].ValueKind == JsonValueKind.String ? entry[position].GetString() : null;
}
