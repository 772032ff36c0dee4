using System.Text;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Plays a Mailchimp audience: people who join, choose interests, change their address, leave and come back.</summary>
internal sealed class MailchimpSimulator : IApiSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/x-www-form-urlencoded" };
    private static readonly string[] Interests = ["Workshops", "Glazing", "Open studio", "Kiln days", "Winter market"];

    // What befalls a member first; afterwards chance decides, and mostly little happens.
    private static readonly Action<Scene>[] Story = [Subscribed, Changed, Changed, Moved, Changed];
    private static readonly Action<Scene>[] Later = [Changed, Changed, Changed, Changed, Changed, Changed, Moved, Moved, Left, Left, Left, Deleted, Bounced, Complained, ComplainedElsewhere];

    public string Connector => "mailchimp";

    /// <inheritdoc/>
    public IReadOnlyList<SimulatedProbe> Probes { get; } = [new SimulatedProbe("GET")];

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        Dictionary<int, Member> members = [];
        for (var number = 0; number < simulation.Count; number++)
        {
            var (step, of) = (number / simulation.People, number % simulation.People);
            if (!members.TryGetValue(of, out var member)) members.Add(of, member = new Member(simulation.Person(of)));
            var scene = new Scene(member, number, random);
            Happening(member, step, random)(scene);
            yield return new SimulatedDelivery { Headers = Headers, Body = scene.Body() };
        }
    }

    /// <summary>Members as they are while their profiles are told: subscribed. Their groups are left to the webhooks.</summary>
    public SimulatedAnswer Answer(Simulation simulation, SimulatedCall call)
    {
        var hash = call.Path.Split('/')[^1];
        for (var of = 0; of < simulation.People; of++)
        {
            var member = new Member(simulation.Person(of));
            if (hash == MailchimpAccount.SubscriberHash(member.Email)) return new SimulatedAnswer(200, SimulatedMember.Json(member.Person, member.Email, member.EmailId));
            member.AtWork = true;
            if (hash == MailchimpAccount.SubscriberHash(member.Email)) return new SimulatedAnswer(200, SimulatedMember.Json(member.Person, member.Email, member.EmailId));
        }
        return SimulatedAnswer.NotFound;
    }

    private static Action<Scene> Happening(Member member, int step, Random random)
    {
        var chosen = step < Story.Length ? Story[step] : Later[random.Next(Later.Length)];
        return member.State switch { MemberState.Away => Subscribed, MemberState.Cleaned => Moved, _ => chosen };
    }

    private static void Subscribed(Scene scene) => scene.Become(MemberState.Subscribed).Begin("subscribe").Profile(signup: true);

    private static void Changed(Scene scene) => scene.Choose().Begin("profile").Profile();

    private static void Left(Scene scene) => scene.Become(MemberState.Away).Begin("unsubscribe").Add("data[action]", "unsub").Add("data[reason]", "manual").Profile(campaign: true);

    private static void Deleted(Scene scene) => scene.Become(MemberState.Away).Begin("unsubscribe").Add("data[action]", "delete").Add("data[reason]", "manual").Profile();

    private static void Complained(Scene scene) => scene.Become(MemberState.Away).Begin("unsubscribe").Add("data[action]", "unsub").Add("data[reason]", "abuse").Profile(campaign: true);

    private static void ComplainedElsewhere(Scene scene) => scene.Become(MemberState.Cleaned).Begin("cleaned").Cleaned("abuse");

    private static void Bounced(Scene scene) => scene.Become(MemberState.Cleaned).Begin("cleaned").Cleaned("hard");

    private static void Moved(Scene scene) => scene.Become(MemberState.Subscribed).Begin("upemail").Moved();

    private enum MemberState
    {
        Away,
        Subscribed,
        Cleaned,
    }

    /// <summary>A member between two deliveries. There are two addresses to move between: nobody has more than a few.</summary>
    private sealed class Member(SimulatedPerson person)
    {
        public SimulatedPerson Person => person;

        public MemberState State { get; set; } = MemberState.Away;

        public bool AtWork { get; set; }

        public int Interest { get; set; } = person.Number;

        public string Email => AtWork ? $"studio.{person.Email}" : person.Email;

        public string EmailId => $"{0xc1_0000_0000 + (person.Number * 2L) + (AtWork ? 1 : 0):x10}";
    }

    /// <summary>One delivery in the making.</summary>
    private sealed class Scene(Member member, int number, Random random)
    {
        private const string List = "9d2f4b7c11";

        private readonly StringBuilder body = new(1500);

        public ReadOnlyMemory<byte> Body() => Encoding.UTF8.GetBytes(body.ToString());

        public Scene Become(MemberState state)
        {
            member.State = state;
            return this;
        }

        public Scene Choose()
        {
            member.Interest = random.Next(100);
            return this;
        }

        public Scene Begin(string type) => Add("type", type).Add("fired_at", Simulation.Time(number).ToString("yyyy-MM-dd HH:mm:ss"));

        public Scene Profile(bool signup = false, bool campaign = false)
        {
            var address = $"203.0.113.{member.Person.Number % 250}";
            Add("data[id]", member.EmailId).Add("data[email]", member.Email).Add("data[email_type]", "html").Add("data[ip_opt]", address);
            if (signup) Add("data[ip_signup]", address);
            Add("data[web_id]", $"{512_000_000 + member.Person.Number}");
            if (campaign) Add("data[campaign_id]", Campaign);
            return MergeFields(member.Person).Groups().Add("data[list_id]", List);
        }

        public Scene Cleaned(string reason) =>
            Add("data[list_id]", List).Add("data[campaign_id]", Campaign).Add("data[reason]", reason).Add("data[email]", member.Email);

        public Scene Moved()
        {
            var former = member.Email;
            member.AtWork = !member.AtWork;
            return Add("data[list_id]", List).Add("data[new_id]", member.EmailId).Add("data[new_email]", member.Email).Add("data[old_email]", former);
        }

        public Scene Add(string key, string value)
        {
            if (body.Length > 0) body.Append('&');
            body.Append(Encode(key)).Append('=').Append(Encode(value));
            return this;
        }

        private string Campaign => $"{0x7a_b551_0000 + (number / 40):x10}";

        private Scene MergeFields(SimulatedPerson person) => Add("data[merges][EMAIL]", member.Email)
            .Add("data[merges][FNAME]", person.FirstName).Add("data[merges][LNAME]", person.LastName)
            .Add("data[merges][ADDRESS][addr1]", person.Street).Add("data[merges][ADDRESS][addr2]", "").Add("data[merges][ADDRESS][city]", person.City)
            .Add("data[merges][ADDRESS][state]", "").Add("data[merges][ADDRESS][zip]", person.PostalCode).Add("data[merges][ADDRESS][country]", person.Country)
            .Add("data[merges][PHONE]", person.Phone).Add("data[merges][BIRTHDAY]", $"{1 + (person.Number % 12):D2}/{1 + (person.Number % 28):D2}")
            .Add("data[merges][COMPANY]", person.Company);

        private Scene Groups()
        {
            var first = member.Interest % Interests.Length;
            var groups = member.Interest % 3 == 0 ? Interests[first] : $"{Interests[first]}, {Interests[(first + 1) % Interests.Length]}";
            return Add("data[merges][INTERESTS]", groups).Add("data[merges][GROUPINGS][0][id]", "6197").Add("data[merges][GROUPINGS][0][unique_id]", "3c19de7a02")
                .Add("data[merges][GROUPINGS][0][name]", "Topics").Add("data[merges][GROUPINGS][0][groups]", groups);
        }

        private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
    }
}
