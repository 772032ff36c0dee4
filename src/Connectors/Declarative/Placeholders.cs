using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>What stands for what in a made-up delivery: <c>{email}</c>, <c>{time:yyyy-MM-dd}</c>; <c>#{number}</c> alone becomes a number.</summary>
internal sealed partial class Placeholders(SimulatedPerson person, int number, DateTimeOffset time, Guid id)
{
    private static readonly Dictionary<string, Func<Placeholders, string, string>> Known = new(StringComparer.Ordinal)
    {
        ["firstName"] = (all, _) => all.Person.FirstName,
        ["lastName"] = (all, _) => all.Person.LastName,
        ["fullName"] = (all, _) => all.Person.FullName,
        ["email"] = (all, _) => all.Person.Email,
        ["phone"] = (all, _) => all.Person.Phone,
        ["company"] = (all, _) => all.Person.Company,
        ["street"] = (all, _) => all.Person.Street,
        ["city"] = (all, _) => all.Person.City,
        ["postalCode"] = (all, _) => all.Person.PostalCode,
        ["country"] = (all, _) => all.Person.Country,
        ["countryName"] = (all, _) => all.Person.CountryName,
        ["timeZone"] = (all, _) => all.Person.TimeZone,
        ["locale"] = (all, _) => all.Person.Locale,
        ["person"] = (all, _) => all.Person.Number.ToString(CultureInfo.InvariantCulture),
        ["number"] = (all, _) => all.Number.ToString(CultureInfo.InvariantCulture),
        ["time"] = (all, format) => all.Time.ToString(format.Length == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : format, CultureInfo.InvariantCulture),
        ["epochSeconds"] = (all, _) => all.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["epochMilliseconds"] = (all, _) => all.Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["uuid"] = (all, _) => all.Id.ToString(),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    private SimulatedPerson Person => person;

    private int Number => number;

    private DateTimeOffset Time => time;

    private Guid Id => id;

    /// <summary>Reports every placeholder that is not known.</summary>
    public static void Check(JValue text, DeclarationErrors errors)
    {
        foreach (Match match in Placeholder().Matches(text.Value as string ?? ""))
        {
            if (!Known.ContainsKey(match.Groups["name"].Value)) errors.Add(text, $"has a placeholder that is not known{SettingsBinder.Suggestion(match.Groups["name"].Value, Known.Keys)}");
            else if (match.Groups["format"] is { Success: true } format && !IsFormat(format.Value)) errors.Add(text, "has a format of times that is not known");
        }
    }

    /// <summary>The text with everything filled in.</summary>
    public string Fill(string text) => Placeholder().Replace(text, match => Known[match.Groups["name"].Value](this, match.Groups["format"].Value));

    /// <summary>A copy with everything filled in.</summary>
    public JToken Fill(JToken token)
    {
        switch (token)
        {
            case JObject map:
                return new JObject(map.Properties().Select(member => new JProperty(member.Name, Fill(member.Value))));
            case JArray list:
                return new JArray(list.Select(Fill));
            case JValue { Value: string text } when text.StartsWith("#{", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1:
                return decimal.TryParse(Fill(text[1..]), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new JValue(number) : new JValue(Fill(text[1..]));
            case JValue { Value: string text }:
                return new JValue(Fill(text));
            default:
                return token.DeepClone();
        }
    }

    private static bool IsFormat(string format)
    {
        try
        {
            _ = DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(?::(?<format>[^}]+))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
