using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Reads buyers and attendees. Eventbrite has no id of a person: a ticket can pass to somebody else, so its number identifies nobody.</summary>
internal sealed class EventbritePeople(EventbriteSettings settings)
{
    // Stands in every field of a ticket whose holder is still to be named.
    private const string NotAsked = "Info Requested";

    private static readonly string[] AddressesByWeight = ["home", "bill", "ship", "work"];

    private readonly ConsentWords words = new(settings.YesAnswers, settings.NoAnswers);
    private readonly Dictionary<string, string> questions = Trimmed(settings.Questions);

    public static Person Buyer(Payload order)
    {
        var buyer = new Respondent();
        Tell(buyer, "email", order["email"]);
        Tell(buyer, "fullName", order["name"]);
        Tell(buyer, "firstName", order["first_name"]);
        Tell(buyer, "lastName", order["last_name"]);
        return buyer.ToPerson();
    }

    /// <summary>Whoever the ticket is made out to. A guest who was entered with the buyer's address is reached over the buyer, and is not the buyer: the name and the rest are left out.</summary>
    public Person Holder(Payload profile, Payload order, IReadOnlyList<FormAnswer> answers)
    {
        var holder = new Respondent();
        Tell(holder, "email", profile["email"]);
        if (IsGuestOfBuyer(profile, order)) return holder.ToPerson();
        foreach (var (target, member) in Fields) Tell(holder, target, profile[member]);
        TellPhone(holder, profile, isBuyer: profile["email"].Text() is not null && IsSame(profile["email"], order["email"]));
        TellAddress(holder, Address(profile));
        foreach (var answer in answers)
        {
            if (Target(answer) is { } target) holder.Tell(target, answer.Value);
        }
        return holder.ToPerson();
    }

    /// <summary>The consents that the settings find in the answers.</summary>
    public IEnumerable<(ConsentChannel Channel, ConsentState State, string Basis)> Consents(IReadOnlyList<FormAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if (AnswerTargets.Channel(Target(answer)) is { } channel && words.OfChoice(answer.Value) is { } state) yield return (channel, state, answer.Question ?? answer.Key);
        }
    }

    /// <summary>Whether the settings leave the answer out.</summary>
    public bool IsIgnored(FormAnswer answer) => Target(answer) is AnswerTargets.Ignore;

    private static (string Target, string Member)[] Fields { get; } =
    [
        ("fullName", "name"), ("firstName", "first_name"), ("lastName", "last_name"), ("company", "company"), ("jobTitle", "job_title"),
        ("website", "website"), ("birthDate", "birth_date"), ("custom.blog", "blog"), ("custom.gender", "gender"), ("custom.prefix", "prefix"), ("custom.suffix", "suffix"),
        ("custom.work_phone", "work_phone"),
    ];

    private static bool IsGuestOfBuyer(Payload profile, Payload order) =>
        IsSame(profile["email"], order["email"]) && profile["name"].Text() is not null && order["name"].Text() is not null && !IsSame(profile["name"], order["name"]);

    private static bool IsSame(Payload one, Payload other) => string.Equals(one.Text(), other.Text(), StringComparison.OrdinalIgnoreCase);

    // Who buys for others often gives their own number for all: it is the buyer's alone. A national number from another country than
    // the default one would be read as the number of a stranger. What names nobody is kept.
    private void TellPhone(Respondent holder, Payload profile, bool isBuyer)
    {
        if (profile["cell_phone"].Text() is not { } phone) return;
        var country = Address(profile)["country"].Text();
        var isOwn = isBuyer && (phone.StartsWith('+') || country is null || settings.DefaultCountry is null || country == settings.DefaultCountry);
        holder.Tell(isOwn ? "phone" : "custom.cell_phone", phone);
    }

    private static void TellAddress(Respondent holder, Payload address)
    {
        Tell(holder, "street", address["address_1"]);
        Tell(holder, "streetLine2", address["address_2"]);
        Tell(holder, "city", address["city"]);
        Tell(holder, "region", address["region"]);
        Tell(holder, "postalCode", address["postal_code"]);
        Tell(holder, "country", address["country"]);
    }

    private static Payload Address(Payload profile)
    {
        var addresses = profile["addresses"];
        return AddressesByWeight.Select(kind => addresses[kind]).FirstOrDefault(SaysWhere, addresses["home"]);
    }

    private static bool SaysWhere(Payload address) =>
        (address["address_1"].Text() ?? address["city"].Text() ?? address["postal_code"].Text() ?? address["region"].Text() ?? address["country"].Text()) is not null;

    private static void Tell(Respondent person, string target, Payload value)
    {
        if (value.Scalar() is { } text && !text.StartsWith(NotAsked, StringComparison.OrdinalIgnoreCase)) person.Tell(target, text);
    }

    private string? Target(FormAnswer answer) =>
        questions.GetValueOrDefault(answer.Key) ?? (answer.Question is { } question ? questions.GetValueOrDefault(question) : null);

    private static Dictionary<string, string> Trimmed(IReadOnlyDictionary<string, string> map)
    {
        var trimmed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (question, target) in map) trimmed[question.Trim()] = target;
        return trimmed;
    }
}
