using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>Plays SendGrid: receipts and letters that arrive, are opened and followed, bounce, annoy, and are called off.</summary>
internal sealed class SendGridSimulator : IWebhookSimulator
{
    private const string Program = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)";

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json;charset=utf-8",
        ["User-Agent"] = "SendGrid Event API",
    };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Letters = ["November letter", "Winter glazes", "Open studio", "Last seats", "Year in clay"];

    // What befalls a recipient first; afterwards letters go on.
    private static readonly Action<Scene>[] Story = [ReceiptSent, ReceiptRead, LetterSent, LetterOpened, LetterFollowed, Refused, LetterSentLate, LeftGroup, CameBack];

    private static readonly Action<Scene>[] Later =
        [LetterSent, LetterSent, LetterSent, LetterSentLate, LetterOpened, LetterOpened, LetterFollowed, ReceiptSent, ReceiptRead, Refused, LeftGroup, CameBack, LeftAll, Complained, Bounced];

    public string Connector => "sendgrid";

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var scene = new Scene(simulation.Person(number % simulation.People), Simulation.Time(number), step, random);
            var happens = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
            happens(scene);
            yield return new SimulatedDelivery { Headers = Headers, Body = scene.Body() };
        }
    }

    private static void ReceiptSent(Scene scene) => scene.Receipt("processed").Receipt("delivered", Arrived);

    private static void ReceiptRead(Scene scene) => scene.Receipt("open", Person).Receipt("click", Person, Link("orders"));

    private static void LetterSent(Scene scene) => scene.Letter("processed").Letter("delivered", Arrived).Letter("open", Machine);

    private static void LetterSentLate(Scene scene) => scene.Letter("deferred", Deferred).Letter("delivered", Arrived);

    private static void LetterOpened(Scene scene) => scene.Letter("open", Person);

    private static void LetterFollowed(Scene scene) => scene.Letter("open", Person).Letter("click", Person, Link("courses"));

    private static void Refused(Scene scene) => scene.Receipt("bounce", Failure("blocked", "5.7.1", "554 5.7.1 rejected for policy reasons", "Reputation"));

    private static void Bounced(Scene scene) => scene.Letter("bounce", Failure("bounce", "5.2.1", "550 5.2.1 mailbox disabled", "Mailbox Unavailable")).Letter("dropped", Dropped);

    private static void Complained(Scene scene) => scene.Letter("spamreport");

    private static void LeftAll(Scene scene) => scene.Letter("unsubscribe");

    private static void LeftGroup(Scene scene) => scene.Letter("group_unsubscribe", Person, Preferences);

    private static void CameBack(Scene scene) => scene.Letter("group_resubscribe", Person, Preferences);

    private static void Arrived(JsonObject told) => (told["response"], told["ip"], told["tls"]) = ("250 2.0.0 OK", "192.0.2.44", 1);

    private static void Deferred(JsonObject told) => (told["response"], told["attempt"], told["ip"], told["tls"]) = ("450 4.2.0 try again later", "2", "192.0.2.44", 1);

    private static void Dropped(JsonObject told) => (told["reason"], told["status"]) = ("Bounced Address", "5.0.0");

    private static void Preferences(JsonObject told) => (told["url"], told["asm_group_id"]) = ("https://shop.example.org/prefs", 14221);

    private static void Person(JsonObject told) => (told["useragent"], told["ip"], told["sg_content_type"]) = (Program, "203.0.113.77", "html");

    private static void Machine(JsonObject told) => (told["useragent"], told["ip"], told["sg_machine_open"]) = ("Mozilla/5.0", "198.51.100.7", true);

    private static Action<JsonObject> Link(string page) => told =>
        (told["url"], told["url_offset"]) = ($"https://shop.example.org/{page}?utm_source=sendgrid&utm_medium=email&utm_campaign={page}", new JsonObject { ["index"] = 0, ["type"] = "html" });

    private static Action<JsonObject> Failure(string type, string status, string reason, string classification) => told =>
        (told["type"], told["status"], told["reason"], told["bounce_classification"], told["tls"]) = (type, status, reason, classification, 1);

    /// <summary>One delivery in the making.</summary>
    private sealed class Scene(SimulatedPerson person, DateTimeOffset time, int step, Random random)
    {
        private readonly List<string> events = [];
        private readonly string message = Id(random, 16);

        public ReadOnlyMemory<byte> Body() => Encoding.UTF8.GetBytes($"[{string.Join(",\r\n", events)}]\r\n");

        public Scene Receipt(string topic, params Action<JsonObject>[] details) =>
            Add(topic, [told => (told["category"], told["order_id"]) = (new JsonArray("receipt"), $"SO-{10_000 + person.Number}"), .. details]);

        public Scene Letter(string topic, params Action<JsonObject>[] details) => Add(topic,
            [told => (told["category"], told["singlesend_id"], told["singlesend_name"], told["mc_stats"]) = ("newsletter", $"4f6c1b2e-a8c0-11f1-9a5e-{step:D12}", Letters[step % Letters.Length], "singlesend"), .. details]);

        private Scene Add(string topic, IEnumerable<Action<JsonObject>> details)
        {
            var told = new JsonObject
            {
                ["email"] = person.Email,
                ["timestamp"] = time.ToUnixTimeSeconds() + (events.Count * 3),
                ["smtp-id"] = $"<{message}@geopod-ismtpd-{1 + (person.Number % 6)}>",
                ["event"] = topic,
                ["sg_event_id"] = Id(random, 22),
                ["sg_message_id"] = $"{message}.recvd-5f8c-{Id(random, 5)}-1-6740AD2C-1.0",
            };
            foreach (var detail in details) detail(told);
            // The sender escapes what could end a script.
            events.Add(told.ToJsonString(AsSent).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal));
            return this;
        }

        private static string Id(Random random, int length)
        {
            const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            return string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
        }
    }
}
