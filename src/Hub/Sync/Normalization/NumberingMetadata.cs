using System.Collections.Frozen;
using System.Text.Json;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>The numbering plans of the world, read once from the embedded <c>phone-metadata.data</c>; its notice stands beside it.</summary>
internal sealed class NumberingMetadata
{
    private const string ResourceName = "phone-metadata.data";
    private const int LongestCallingCode = 3;

    private static readonly Lazy<NumberingMetadata> Loaded = new(Load);

    private readonly FrozenDictionary<string, NumberingPlan> plans;
    private readonly CallingCode?[] codes;

    private NumberingMetadata(FrozenDictionary<string, NumberingPlan> plans, CallingCode?[] codes)
    {
        this.plans = plans;
        this.codes = codes;
    }

    public static NumberingMetadata Current => Loaded.Value;

    /// <summary>The plan of a country by ISO 3166-1 alpha-2, in either case; UK and EL are understood too.</summary>
    public NumberingPlan? PlanOf(string country) => plans.GetValueOrDefault(country);

    /// <summary>The calling code with which the digits begin; no code is the beginning of another.</summary>
    public CallingCode? CodeOf(ReadOnlySpan<char> digits)
    {
        var code = 0;
        for (var i = 0; i < LongestCallingCode && i < digits.Length; i++)
        {
            code = (code * 10) + (digits[i] - '0');
            if (code == 0)
                return null;
            if (codes[code] is { } found)
                return found;
        }

        return null;
    }

    private static NumberingMetadata Load()
    {
        using var stream = typeof(NumberingMetadata).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var byCountry = new Dictionary<string, NumberingPlan>(StringComparer.OrdinalIgnoreCase);
        foreach (var country in root.GetProperty("countries").EnumerateObject())
            byCountry.Add(country.Name, NumberingPlan.Read(country.Name, country.Value));
        var byCode = ReadCodes(root, byCountry);
        byCountry.Add("UK", byCountry["GB"]);
        byCountry.Add("EL", byCountry["GR"]);
        return new NumberingMetadata(byCountry.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), byCode);
    }

    private static CallingCode?[] ReadCodes(JsonElement root, Dictionary<string, NumberingPlan> byCountry)
    {
        var byCode = new CallingCode?[1000];
        foreach (var code in root.GetProperty("country_calling_codes").EnumerateObject())
        {
            List<NumberingPlan> sharing = [];
            foreach (var country in code.Value.EnumerateArray())
                sharing.Add(byCountry[country.GetString() ?? ""]);
            byCode[int.Parse(code.Name)] = new CallingCode(code.Name, sharing);
        }

        foreach (var code in root.GetProperty("nonGeographic").EnumerateObject())
            byCode[int.Parse(code.Name)] = new CallingCode(code.Name, [NumberingPlan.Read(code.Name, code.Value)]);
        return byCode;
    }
}
