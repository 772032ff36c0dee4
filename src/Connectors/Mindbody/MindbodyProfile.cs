using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Gathers what a profile says about its client.</summary>
internal sealed class MindbodyProfile(string? defaultCountry)
{
    private static readonly (string Target, string Member)[] Fields =
    [
        ("firstName", "firstName"), ("lastName", "lastName"), ("street", "addressLine1"), ("streetLine2", "addressLine2"),
        ("city", "city"), ("region", "state"), ("postalCode", "postalCode"), ("country", "country"),
    ];

    private static readonly (string Name, string Member)[] CustomFields =
        [("home_phone", "homePhone"), ("work_phone", "workPhone"), ("status", "status"), ("gender", "gender"), ("is_prospect", "isProspect")];

    private readonly Respondent client = new();
    private readonly List<Identifier> phones = [];

    public IReadOnlyList<Identifier> Phones => phones;

    /// <summary>Takes what webhooks and the Public API tell alike.</summary>
    /// <param name="member">Finds a member by its name in a webhook.</param>
    public void Tell(Func<string, Payload> member)
    {
        foreach (var (target, name) in Fields)
        {
            if (member(name).Text() is { } value) client.Tell(target, value);
        }
        foreach (var (name, told) in CustomFields) TellCustom(name, member(told));
        if (member("mobilePhone").Text() is not { } phone) return;
        // A national number from another country than the default one would be read as the number of a stranger. It is kept, and names nobody.
        var country = member("country").Text();
        if (phone.StartsWith('+') || country is null || defaultCountry is null || string.Equals(country, defaultCountry, StringComparison.OrdinalIgnoreCase)) phones.Add(Identifier.Phone(phone));
        else client.Tell("custom.mobile_phone", phone);
    }

    public void TellCustom(string name, Payload value)
    {
        if (value.Scalar() is { } text) client.Tell($"custom.{name}", text);
    }

    /// <param name="birth">A date, or the midnight that it begins with, in whatever zone: the day counts as written.</param>
    public Person ToPerson(Payload birth) => client.ToPerson() with
    {
        BirthDate = birth.Text() is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1850 and < 2200 ? date : null,
    };
}
