using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static IntegrationHub.Connectors.Typeform.TypeformSimulatedResponse;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Plays Typeform: each person enquires (some leave and come back), takes a quiz and pays a deposit.</summary>
public sealed class TypeformSimulator : IWebhookSimulator
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json",
        ["User-Agent"] = "Typeform Webhooks",
    };

    private static readonly string[] Campaigns = ["autumn-2026", "winter-2026", "partner-webinar", "retargeting"];

    private enum Step
    {
        Left,
        Enquiry,
        Quiz,
        Deposit,
    }

    /// <inheritdoc/>
    public string Connector => "typeform";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var salt = random.NextInt64();
        for (var number = 0; number < simulation.Count; number++)
            yield return new SimulatedDelivery { Headers = Headers, Body = Response(simulation, number, random, salt).Body() };
    }

    private static TypeformSimulatedResponse Response(Simulation simulation, int number, Random random, long salt)
    {
        var person = simulation.Person(number % simulation.People);
        var round = number / simulation.People;
        Step[] steps = person.Number % 4 == 0 ? [Step.Left, Step.Enquiry, Step.Quiz, Step.Deposit] : [Step.Enquiry, Step.Quiz, Step.Deposit];
        var (step, lap) = (steps[round % steps.Length], round / steps.Length);
        var time = Simulation.Time(number);
        var token = Token(salt, person.Number, lap, step);
        var eventId = EventId(time, salt, number);
        return step switch
        {
            Step.Left => Left(person, time, token, eventId),
            Step.Enquiry when steps[0] is Step.Left => Enquiry(person, Simulation.Time(number - simulation.People), time, token, eventId, random),
            Step.Enquiry => Enquiry(person, time.AddSeconds(-random.Next(90, 400)), time, token, eventId, random),
            Step.Quiz => Quiz(person, time, token, eventId, random),
            _ => Deposit(person, time, token, eventId, random),
        };
    }

    private static TypeformSimulatedResponse Left(SimulatedPerson person, DateTimeOffset time, string token, string eventId) =>
        new(SimulatedForm.Enquiry, eventId, token)
        {
            LandedAt = time,
            Hidden = Visit(person),
            Answers = [Text("first_name", "text", person.FirstName), Text("last_name", "text", person.LastName), Text("email", "email", person.Email)],
        };

    private static TypeformSimulatedResponse Enquiry(SimulatedPerson person, DateTimeOffset landed, DateTimeOffset submitted, string token, string eventId, Random random) =>
        new(SimulatedForm.Enquiry, eventId, token)
        {
            LandedAt = landed,
            SubmittedAt = submitted,
            Hidden = Visit(person),
            Answers =
            [
                Text("first_name", "text", person.FirstName),
                Text("last_name", "text", person.LastName),
                Text("email", "email", person.Email),
                Text("phone", "phone_number", person.Phone),
                Text("company", "text", person.Company),
                Text("city", "text", person.City),
                Text("country", "text", person.CountryName),
                Choice("team_size", random.Next(4)),
                Choices("topics", random.Next(2), 2 + random.Next(2)),
                Flag("newsletter_opt_in", random.Next(10) < 7),
                Flag("terms", true),
                Text("start_date", "date", submitted.AddDays(random.Next(14, 90)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Number("nps", random.Next(4, 11)),
            ],
        };

    private static TypeformSimulatedResponse Quiz(SimulatedPerson person, DateTimeOffset submitted, string token, string eventId, Random random) =>
        new(SimulatedForm.Quiz, eventId, token)
        {
            LandedAt = submitted.AddSeconds(-random.Next(60, 240)),
            SubmittedAt = submitted,
            Hidden = [("utm_source", "linkedin"), ("utm_campaign", "quiz")],
            Score = random.Next(21),
            Answers = [Choice("frequency", random.Next(3)), Number("hygiene", random.Next(1, 6)), Number("bounces", random.Next(11)), Text("email", "email", person.Email)],
        };

    private static TypeformSimulatedResponse Deposit(SimulatedPerson person, DateTimeOffset submitted, string token, string eventId, Random random) =>
        new(SimulatedForm.Deposit, eventId, token)
        {
            LandedAt = submitted.AddSeconds(-random.Next(60, 240)),
            SubmittedAt = submitted,
            Answers =
            [
                Text("full_name", "text", person.FullName),
                Text("email", "email", person.Email),
                Payment("deposit", random.Next(3) == 0 ? "79.50" : "149", person.FullName.ToUpperInvariant(), random.Next(10) > 0),
            ],
        };

    private static (string, string)[] Visit(SimulatedPerson person) =>
    [
        ("utm_source", "newsletter"), ("utm_medium", "email"), ("utm_campaign", Campaigns[person.Number % Campaigns.Length]),
        ("utm_term", ""), ("utm_content", "cta-top"), ("visitor_id", $"v-{70_000 + person.Number}"),
    ];

    // Who left and who came back share the token of their response.
    private static string Token(long salt, int person, int lap, Step step) =>
        Letters(salt, $"{person}/{lap}/{(step is Step.Left ? Step.Enquiry : step)}", 24).ToLowerInvariant();

    private static string EventId(DateTimeOffset time, long salt, int number)
    {
        var written = new char[10];
        var rest = time.ToUnixTimeMilliseconds() + 1_000;
        for (var i = 9; i >= 0; i--, rest /= 32) written[i] = Alphabet[(int)(rest % 32)];
        return new string(written) + Letters(salt, $"event {number}", 16);
    }

    private static string Letters(long salt, string name, int length)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(seed, salt);
        var hash = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(name)]);
        return new string([.. hash.Take(length).Select(letter => Alphabet[letter % 32])]);
    }
}
