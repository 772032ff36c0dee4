using System.Text;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Plays an ActiveCampaign account: contacts who arrive by a form, are tagged, read letters, follow links, and become deals.</summary>
internal sealed class ActiveCampaignSimulator : IWebhookSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/x-www-form-urlencoded" };
    private static readonly TimeSpan AccountOffset = TimeSpan.FromHours(-6);
    private static readonly string[] Topics = ["Ceramics", "Weaving", "Print", "Glass", "Wood"];
    private static readonly string[] Letters = ["November letter", "Winter glazes", "Open studio", "Last seats", "Year in clay"];
    private static readonly (string Id, string Title, string Status)[] Stages = [("1", "To contact", "0"), ("3", "Proposal", "0"), ("4", "Decision", "1")];

    // What befalls a contact first; afterwards letters go on.
    private static readonly Action<Scene>[] Story = [Created, Subscribed, Tagged, Opened, Clicked, Updated, DealAdded, DealMoved, Noted, DealMoved];
    private static readonly Action<Scene>[] Later = [Opened, Opened, Opened, Clicked, Clicked, Updated, Tagged, Noted, TaskAdded, Replied, SmsReplied, Bounced, Unsubscribed];

    public string Connector => "activecampaign";

    /// <inheritdoc/>
    public IReadOnlyList<SimulatedProbe> Probes { get; } = [new SimulatedProbe("GET")];

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var step = number / simulation.People;
            var scene = new Scene(simulation.Person(number % simulation.People), number, step, random);
            var happens = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
            happens(scene);
            yield return new SimulatedDelivery { Headers = Headers, Body = scene.Body() };
        }
    }

    private static void Created(Scene scene) => scene.Begin("subscribe", "public", "0").Contact();

    private static void Subscribed(Scene scene) => scene.Begin("subscribe", "public", "4").Add("form[id]", "9").Contact();

    private static void Unsubscribed(Scene scene) => scene.Begin("unsubscribe", "public", "4").Campaign().Add("unsubscribe[reason]", "Too many messages").Contact();

    private static void Updated(Scene scene) => scene.Begin("update", "admin", "0").Contact();

    private static void Tagged(Scene scene) => scene.Begin("contact_tag_added", "system", "0").Contact().Add("tag", scene.Tag);

    private static void Opened(Scene scene) => scene.Begin("open", "public", "4").Campaign().Contact();

    private static void Clicked(Scene scene) => scene.Begin("click", "public", "4").Campaign()
        .Add("link[id]", scene.Letter(5501)).Add("link[url]", $"https://shop.example.org/courses?utm_source=activecampaign&utm_medium=email&utm_campaign=letter-{scene.Letter(1)}")
        .Contact();

    private static void Bounced(Scene scene) => scene.Begin("bounce", "system", "4").Add("campaign[id]", scene.Letter(1207))
        .Add("bounce[type]", "soft").Add("bounce[code]", "4.2.2").Add("bounce[description]", "Mailbox full").Contact();

    private static void Replied(Scene scene) => scene.Begin("reply", "public", "4").Add("campaign[id]", scene.Letter(1207))
        .Add("message", $"Is there still a seat in the {scene.Topic} course?").Contact();

    private static void SmsReplied(Scene scene) => scene.Begin("sms_reply", "public", "0").Add("sms[id]", scene.Letter(300)).Add("sms[reply]", "Yes, I will come").Contact();

    private static void Noted(Scene scene) => scene.Begin("subscriber_note", "admin", "0").Contact().Add("note", $"Called {scene.Person.FirstName}: asks for the {scene.Topic} course in {scene.Person.City}.");

    private static void TaskAdded(Scene scene) => scene.Begin("contact_task_add", "admin", "0").Contact()
        .Add("task[id]", scene.Unique(70_000)).Add("task[type_id]", "1").Add("task[type_title]", "Call").Add("task[title]", $"Call {scene.Person.FullName} about seats")
        .Add("task[note]", "").Add("task[duedate_iso]", scene.Time(TimeSpan.FromDays(2)));

    private static void DealAdded(Scene scene) => scene.Begin("deal_add", "admin", "0").Contact().Deal(Stages[0]);

    private static void DealMoved(Scene scene) => scene.Begin("deal_update", "admin", "0").Contact().Deal(Stages[scene.Step < 8 ? 1 : 2])
        .Add("updated_fields[0]", scene.Step < 8 ? "stageid" : "status").Add("updated_fields[1]", "mdate");

    /// <summary>One delivery in the making.</summary>
    private sealed class Scene(SimulatedPerson person, int number, int step, Random random)
    {
        private readonly StringBuilder body = new(1500);

        public SimulatedPerson Person => person;

        public int Step => step;

        public string Topic => Topics[person.Number % Topics.Length];

        public string Tag => $"Interest: {Topics[(person.Number + (step > 2 ? random.Next(Topics.Length) : 0)) % Topics.Length]}";

        public string Letter(int first) => $"{first + (step / 3)}";

        public string Unique(int first) => $"{first + number}";

        public string Time(TimeSpan later) => Simulation.Time(number).Add(later).ToOffset(AccountOffset).ToString("yyyy-MM-dd'T'HH:mm:sszzz");

        public ReadOnlyMemory<byte> Body() => Encoding.UTF8.GetBytes(body.ToString());

        public Scene Add(string key, string value)
        {
            if (body.Length > 0) body.Append('&');
            body.Append(Encode(key)).Append('=').Append(Encode(value));
            return this;
        }

        public Scene Begin(string type, string source, string list) => Add("type", type).Add("date_time", Time(TimeSpan.Zero))
            .Add("initiated_from", source).Add("initiated_by", source).Add("list", list);

        public Scene Contact() => Add("contact[id]", $"{48_000 + person.Number}").Add("contact[email]", person.Email)
            .Add("contact[first_name]", person.FirstName).Add("contact[last_name]", person.LastName).Add("contact[phone]", person.Phone)
            .Add("contact[ip]", $"203.0.113.{person.Number % 250}").Add("contact[tags]", step > 2 ? $"Newsletter, Interest: {Topic}" : "")
            .Add("contact[orgname]", person.Company).Add("contact[customer_acct_name]", person.Company)
            .Add("contact[fields][7]", person.Locale).Add("contact[fields][12]", Topic)
            .Add("customer_acct_name", person.Company).Add("orgname", person.Company);

        public Scene Campaign() => Add("campaign[id]", Letter(1207)).Add("campaign[name]", Letters[step / 3 % Letters.Length])
            .Add("campaign[status]", "5").Add("campaign[type]", "single").Add("campaign[recipients]", "1840")
            .Add("campaign[message][id]", Letter(2210)).Add("campaign[message][subject]", $"{Letters[step / 3 % Letters.Length]} is here");

        public Scene Deal((string Id, string Title, string Status) stage) => Add("deal[id]", $"{900 + person.Number}").Add("deal[title]", $"{Topic} course for {person.Company}")
            .Add("deal[stageid]", stage.Id).Add("deal[stage_title]", stage.Title).Add("deal[pipelineid]", "1").Add("deal[pipeline_title]", "Courses")
            .Add("deal[value]", $"{400 + (person.Number % 40 * 25)}.00").Add("deal[value_raw]", $"{400 + (person.Number % 40 * 25)}")
            .Add("deal[currency]", person.Country == "US" ? "usd" : "eur").Add("deal[owner]", "2").Add("deal[owner_firstname]", "Ingrid").Add("deal[owner_lastname]", "Solheim")
            .Add("deal[contactid]", $"{48_000 + person.Number}").Add("deal[contact_email]", person.Email)
            .Add("deal[contact_firstname]", person.FirstName).Add("deal[contact_lastname]", person.LastName).Add("deal[status]", stage.Status);

        private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
    }
}
