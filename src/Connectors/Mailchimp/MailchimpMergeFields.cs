using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Merge fields and interests of a member by what they mean. Tags are chosen by each account; Mailchimp only proposes FNAME, LNAME, ADDRESS, PHONE and BIRTHDAY.</summary>
internal sealed class MailchimpMergeFields(IReadOnlyDictionary<string, string> configured)
{
    private const string Merges = "data[merges]";
    private const string Custom = "custom.";
    private const string Address = "address";
    private const string Interests = "INTERESTS";
    private const string Groupings = "GROUPINGS";

    private static readonly FrozenSet<string> OfPerson = new[]
    {
        "firstName", "lastName", "fullName", "company", "jobTitle", "locale", "timeZone", "birthDate",
        Address, "street", "city", "region", "postalCode", "country", "website", "phone", "user",
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Usual = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["FNAME"] = "firstName", ["LNAME"] = "lastName", ["PHONE"] = "phone", ["ADDRESS"] = Address, ["COMPANY"] = "company", ["WEBSITE"] = "website",
        // Month and day without the year: no date of birth.
        ["BIRTHDAY"] = Custom + "birthday",
        [Interests] = Custom + "interests",
        // Tags have ten letters at most, so that the longer ones have to be mapped.
        ["UTM_SOURCE"] = "utm_source", ["UTM_MEDIUM"] = "utm_medium", ["UTM_TERM"] = "utm_term",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Part, string Target)[] AddressParts =
        [("city", "city"), ("state", "region"), ("zip", "postalCode"), ("country", "country")];

    private readonly FrozenDictionary<string, string> targetOf = configured.DistinctBy(field => field.Key, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Targets besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets => OfPerson;

    /// <summary>Whether a field can be mapped to this.</summary>
    public static bool IsTarget(string target) =>
        OfPerson.Contains(target) || (target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length);

    /// <summary>Values by target. Of two fields with one target the first that is filled counts, the other keeps its own name.</summary>
    public SortedDictionary<string, string> Read(FormPayload form)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        var fields = Told(form).ToLookup(member => member.Tag, StringComparer.Ordinal);
        foreach (var field in fields.Where(field => field.Key is not Groupings)) ReadField(values, field.Key, [.. field]);
        foreach (var grouping in fields[Groupings].GroupBy(member => member.Path[1], StringComparer.Ordinal)) ReadGrouping(values, grouping);
        return values;
    }

    /// <summary>A digest of the values as they were sent: what they are said to mean may change, the fact that they were told may not.</summary>
    public static string Digest(FormPayload form)
    {
        var fields = Told(form).ToLookup(member => member.Tag is Groupings);
        var told = fields[false].Select(member => $"{string.Join('/', member.Path)}\0{member.Value}\0");
        var chosen = fields[true].GroupBy(member => member.Path[1], StringComparer.Ordinal).Select(grouping => Chosen([.. grouping])).OfType<string>();
        return Digest(string.Concat(told.Concat(chosen).Order(StringComparer.Ordinal)));
    }

    /// <summary>A digest that tells texts apart in keys.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    // Of a category in whatever order: the API has another one than webhooks.
    private static string? Chosen(Member[] grouping)
    {
        string? Part(string name) => Array.Find(grouping, member => member.Path[2] == name)?.Value;
        return Part("groups") is { } groups ? $"{Groupings}/{Part("name")}\0{string.Join(", ", groups.Split(", ").Order(StringComparer.Ordinal))}\0" : null;
    }

    /// <summary>The person that values by target tell of, without identifiers.</summary>
    public static Person PersonOf(SortedDictionary<string, string> values) => new()
    {
        FirstName = values.GetValueOrDefault("firstName"),
        LastName = values.GetValueOrDefault("lastName"),
        FullName = values.GetValueOrDefault("fullName"),
        Company = values.GetValueOrDefault("company"),
        JobTitle = values.GetValueOrDefault("jobTitle"),
        Locale = values.GetValueOrDefault("locale"),
        TimeZone = values.GetValueOrDefault("timeZone"),
        BirthDate = Date(values.GetValueOrDefault("birthDate")),
        Street = values.GetValueOrDefault("street"),
        City = values.GetValueOrDefault("city"),
        Region = values.GetValueOrDefault("region"),
        PostalCode = values.GetValueOrDefault("postalCode"),
        Country = values.GetValueOrDefault("country") is { Length: 2 } code ? code.ToUpperInvariant() : values.GetValueOrDefault("country"),
        Website = values.GetValueOrDefault("website"),
        Custom = values.Where(value => value.Key.StartsWith(Custom, StringComparison.Ordinal))
            .ToDictionary(value => value.Key[Custom.Length..], value => value.Value, StringComparer.Ordinal),
    };

    /// <summary>The campaign that values by target tell; null when they tell none.</summary>
    public static Attribution? AttributionOf(SortedDictionary<string, string> values)
    {
        var attribution = new Attribution
        {
            Source = values.GetValueOrDefault("utm_source"),
            Medium = values.GetValueOrDefault("utm_medium"),
            Campaign = values.GetValueOrDefault("utm_campaign"),
            Term = values.GetValueOrDefault("utm_term"),
            Content = values.GetValueOrDefault("utm_content"),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    // A category is known by its name. The list of all interests tells the same as the categories with their groups.
    private static IEnumerable<Member> Told(FormPayload form)
    {
        List<Member> members = [.. form.Under(Merges).Select(member => new Member(member.Name.Split("]["), member.Value)).Where(member => member.Tag is not ("" or "EMAIL"))];
        var grouped = members.Exists(member => member.Tag is Groupings);
        return members.Where(member => member.Tag is Groupings ? member.Path is [_, _, "name" or "groups"] : !grouped || member.Tag is not Interests);
    }

    private void ReadField(SortedDictionary<string, string> values, string tag, Member[] members)
    {
        var target = targetOf.GetValueOrDefault(tag) ?? Usual.GetValueOrDefault(tag) ?? Custom + tag;
        var parts = members.Where(member => member.Path.Length == 2).DistinctBy(member => member.Path[1]).ToDictionary(member => member.Path[1], member => member.Value, StringComparer.Ordinal);
        if (target is Address && parts.Count > 0 && !values.ContainsKey("street"))
        {
            ReadAddress(values, parts);
            return;
        }
        Put(values, target, tag, string.Join(", ", members.Select(member => member.Value)));
    }

    // An address that is one text says not what is what in it, and a date written otherwise not which is the day: they keep their own name.
    private static void Put(SortedDictionary<string, string> values, string target, string name, string text)
    {
        if (target is Address || (target is "birthDate" && Date(text) is null) || !values.TryAdd(target, text)) values.TryAdd(Custom + name, text);
    }

    private static void ReadAddress(SortedDictionary<string, string> values, Dictionary<string, string> parts)
    {
        var street = string.Join(", ", new[] { parts.GetValueOrDefault("addr1"), parts.GetValueOrDefault("addr2") }.OfType<string>());
        if (street.Length > 0) values.TryAdd("street", street);
        foreach (var (part, target) in AddressParts)
        {
            if (parts.GetValueOrDefault(part) is { } value) values.TryAdd(target, value);
        }
    }

    private void ReadGrouping(SortedDictionary<string, string> values, IEnumerable<Member> grouping)
    {
        string? Part(string name) => grouping.FirstOrDefault(member => member.Path[2] == name)?.Value;
        if (Part("groups") is not { } groups) return;
        var category = Part("name") ?? "interests";
        Put(values, targetOf.GetValueOrDefault(category) ?? Custom + category, category, groups);
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200 ? date : null;

    /// <summary>One value under the merges: <c>[ADDRESS][city]</c> has the path <c>ADDRESS</c>, <c>city</c>.</summary>
    private sealed record Member(string[] Path, string Value)
    {
        public string Tag => Path[0];
    }
}
