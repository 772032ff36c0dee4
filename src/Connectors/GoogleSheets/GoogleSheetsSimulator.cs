using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Plays the script of a form and of a spreadsheet: each person signs up, some correct their answers, and then they come back through another form whose answers go to a sheet.</summary>
public sealed class GoogleSheetsSimulator : IWebhookSimulator
{
    private const string Form = "1FAIpHubDemoForm000000000000000000000";
    private const string Book = "1HubDemoSheetId0000000000000000000000000000";
    private const int Sheet = 771234;

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json; charset=utf-8" };
    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeZoneInfo BookZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly string[] Topics = ["Pricing", "Retention", "Deliverability", "Segmentation"];
    private static readonly string[] Columns = ["Timestamp", "Email address", "First name", "Last name", "Phone", "Topics", "Newsletter", "utm_source"];

    private enum Step
    {
        SignUp,
        Correction,
        Row,
    }

    /// <inheritdoc/>
    public string Connector => "google-sheets";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var person = simulation.Person(number % simulation.People);
            var round = number / simulation.People;
            Step[] steps = person.Number % 4 == 1 ? [Step.SignUp, Step.Correction, Step.Row] : [Step.SignUp, Step.Row];
            var (step, lap) = (steps[round % steps.Length], round / steps.Length);
            var body = step is Step.Row ? Row(person, number, random) : Response(person, number, lap, step is Step.Correction, random);
            yield return new SimulatedDelivery { Headers = Headers, Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    private static JsonObject Response(SimulatedPerson person, int number, int lap, bool edited, Random random)
    {
        var (id, at) = ($"ACYDBNh{person.Number:D6}x{lap:D4}", Written(Simulation.Time(number)));
        return new JsonObject
        {
            ["schema"] = "hub.google_form.submit/1",
            ["delivery_id"] = $"form:{Form}:{id}:{at}",
            ["form_id"] = Form,
            ["form_title"] = "Workshop sign-up",
            ["response_id"] = id,
            ["edited"] = edited,
            ["respondent_email"] = person.Email,
            ["submitted_at"] = at,
            ["sent_at"] = Written(Simulation.Time(number).AddSeconds(2)),
            ["answers"] = new JsonArray(
                Answer(1, "First name", "TEXT", person.FirstName),
                Answer(2, "Last name", "TEXT", person.LastName),
                Answer(3, "Phone", "TEXT", person.Phone),
                Answer(4, "Company", "TEXT", person.Company),
                Answer(5, "City", "TEXT", person.City),
                Answer(6, "Topics", "CHECKBOX", new JsonArray(Topics[random.Next(2)], Topics[2 + random.Next(2)])),
                Answer(7, "Newsletter", "MULTIPLE_CHOICE", edited || random.Next(10) < 3 ? "No" : "Yes"),
                Answer(8, "How did you like the last one?", "SCALE", $"{random.Next(1, 6)}"),
                Answer(9, "Fit", "GRID", new JsonArray("Good", null))),
        };
    }

    private static JsonObject Row(SimulatedPerson person, int number, Random random)
    {
        var at = Simulation.Time(number);
        var shown = TimeZoneInfo.ConvertTime(at, BookZone).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        string[] values = [shown, person.Email, person.FirstName, person.LastName, person.Phone, Topics[random.Next(Topics.Length)], random.Next(10) < 7 ? "Yes" : "No", "newsletter"];
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(values, AsSent))));
        return new JsonObject
        {
            ["schema"] = "hub.sheet.form_submit/1",
            ["delivery_id"] = $"sheet:{Book}:{Sheet}:{number + 2}:{digest}",
            ["trigger_uid"] = "7788990011",
            ["spreadsheet_id"] = Book,
            ["sheet_id"] = Sheet,
            ["sheet_name"] = "Form responses 1",
            ["row"] = number + 2,
            ["range_a1"] = $"A{number + 2}:H{number + 2}",
            ["time_zone"] = BookZone.Id,
            ["locale"] = "da_DK",
            ["submitted_at"] = Written(at),
            ["sent_at"] = Written(at.AddSeconds(2)),
            ["headers"] = new JsonArray([.. Columns.Select(column => JsonValue.Create(column))]),
            ["values"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        };
    }

    private static JsonObject Answer(int number, string title, string type, JsonNode value) =>
        new() { ["item_id"] = 110_022_000 + number, ["title"] = title, ["type"] = type, ["value"] = value };

    private static string Written(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
