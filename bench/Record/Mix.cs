using System.Globalization;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Bench.Record;

/// <summary>
/// An endless history of a shop with forms and a mailing tool. The event of a number is a function of the seed and the number alone, so a record
/// of any size can be grown and gone on with. Whom an event concerns is drawn evenly from all people there are: no part of the record is favoured.
/// </summary>
internal sealed class Mix(int seed)
{
    // N a new customer, K something of a known one, O an order with items, L a form with nothing but a phone number, J a customer tells the phone
    // number of such a form (two contacts become one), R a refund that names only the order, T an earlier fact told once more.
    private const string Block = "NOKNKRKNOK" + "NKLONKTNKO" + "NKRNOKNKOK" + "NKTLNOKRNJ" + "NKONOKRTNK";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] FirstNames = ["Zoe", "Björn", "Lucja", "Amir", "Noor", "Greta", "Tomás", "Ines", "Pavel", "Mia", "Oskar", "Yuki", "Ravi", "Elif", "Jonas", "Chiara"];
    private static readonly string[] LastNames = ["Okafor", "Müller", "Norgard", "Haddad", "Silva", "Novak", "Lindqvist", "Tanaka", "Rossi", "Demir", "Kovacs", "Moreau", "Patel", "Jensen", "Weber", "Costa"];
    private static readonly string[] Cities = ["Lyon", "Köln", "Porto", "Brno", "Aarhus", "Graz", "Ghent", "Turin"];

    /// <summary>How many contacts more there are after a block of events.</summary>
    private static readonly int ContactsOfBlock = Count('N', Block.Length) + Count('L', Block.Length) - Count('J', Block.Length);

    /// <summary>How many events make a record of this many contacts.</summary>
    public static long EventsOf(int contacts) => (contacts + (long)ContactsOfBlock - 1) / ContactsOfBlock * Block.Length;

    /// <summary>How many customers such a record knows: the people from 0 on. The other contacts left nothing but a phone number.</summary>
    public static long CustomersOf(int contacts) => Before('N', EventsOf(contacts));

    /// <summary>The events from one number on, each told by a delivery of its own.</summary>
    public List<MergeItem> Items(long from, int count) => [.. Enumerable.Range(0, count).Select(index => new MergeItem(Event(from + index), from + index + 1, 1))];

    public ContactEvent Event(long number) => Kind(number) switch
    {
        'N' => Observed(number, Before('N', number)),
        'K' => OfKnown(number, Known(number)),
        'O' => Ordered(number, Before('O', number), Known(number)),
        'R' => Refunded(number, Draw(number, Before('O', number))),
        'L' => Submitted(number, Before('L', number)),
        'J' => Joining(number, Before('J', number), Known(number)),
        _ => Event(Earlier(number)),
    };

    /// <summary>What a customer does who has long been known.</summary>
    public ContactEvent OfKnown(long number, long person) => Draw(number, 3) switch
    {
        0 => Observed(number, person),
        1 => Stamp(number, "mailing", new EmailOpened { OccurredAt = At(number), Person = new Person { Identifiers = [Address(person)] }, Source = Source("message", number), CampaignId = $"c{number % 40}" }),
        _ => Seen(number, Customer(person), Address(person)),
    };

    public ContactEvent Ordered(long number, long order, long person) => Stamp(number, "shop", new OrderPlaced
    {
        OccurredAt = At(number),
        Person = Named(person) with { City = Cities[Draw(person, Cities.Length)], Country = "DE" },
        Source = Source("order", order),
        OrderId = OrderId(order),
        Number = $"#{order}",
        Total = Euros(20 + (order % 90)),
        Items = [new OrderItem { ProductId = "p1", Sku = "MUG-1", Title = "Mug", UnitPrice = Euros(12) }, new OrderItem { ProductId = "p2", Sku = "TEA-7", Title = "Green tea", UnitPrice = Euros(8 + (order % 90)) }],
    });

    public ContactEvent Observed(long number, long person) => Stamp(number, "shop", new ContactObserved
    {
        OccurredAt = At(number),
        Person = Named(person) with { Company = person % 5 == 0 ? $"{LastNames[Draw(person, LastNames.Length)]} Ceramics" : null, Locale = "de-DE", City = Cities[Draw(person, Cities.Length)], Tags = ["newsletter"] },
        Source = Source("customer", person),
    });

    /// <summary>A customer with name, id and address.</summary>
    public Person Named(long person) => new()
    {
        Identifiers = [Customer(person), Address(person)], FirstName = FirstNames[Draw(person, FirstNames.Length)], LastName = LastNames[Draw(person, LastNames.Length)],
    };

    /// <summary>A visit by somebody with these identifiers.</summary>
    public static ContactEvent Seen(long number, params IReadOnlyList<Identifier> identifiers) => Stamp(number, "shop", new PageViewed
    {
        OccurredAt = At(number), Person = new Person { Identifiers = identifiers }, Source = Source("page", number), Url = $"https://shop.example/products/{number % 500}",
    });

    public static Identifier Customer(long person) => Identifier.Customer((7_700_000_000 + person).ToString(CultureInfo.InvariantCulture));

    public static Identifier Phone(long form) => Identifier.Phone($"+49170{1_000_000 + form}");

    // Addresses come in no order, as those of people do.
    public Identifier Address(long person) =>
        Identifier.Email($"{Scramble(person) >> 40:x6}.{LastNames[Draw(person, LastNames.Length)].ToLowerInvariant().Replace("ü", "ue", StringComparison.Ordinal)}{person}@mail{person % 7}.example");

    private static ContactEvent Refunded(long number, long order) => Stamp(number, "shop", new OrderRefunded
    {
        OccurredAt = At(number), Person = new Person(), Source = Source("refund", number), OrderId = OrderId(order), RefundId = $"r{number}", Amount = Euros(5),
    });

    private static ContactEvent Submitted(long number, long form) => Stamp(number, "forms", new FormSubmitted
    {
        OccurredAt = At(number), Person = new Person { Identifiers = [Phone(form)], FirstName = FirstNames[form % FirstNames.Length] }, Source = Source("submission", number), FormId = "callback", SubmissionId = $"s{number}",
    });

    private ContactEvent Joining(long number, long form, long person) => Stamp(number, "shop", new ContactObserved
    {
        OccurredAt = At(number), Person = Named(person) with { Identifiers = [Customer(person), Address(person), Phone(form)] }, Source = Source("customer", person),
    });

    private static string OrderId(long order) => (5_500_000_000 + order).ToString(CultureInfo.InvariantCulture);

    private static Money Euros(decimal amount) => new() { Amount = amount, Currency = "EUR" };

    private static SourceReference Source(string type, long id) => new() { ObjectType = type, ObjectId = id.ToString(CultureInfo.InvariantCulture) };

    private static DateTimeOffset At(long number) => Start.AddSeconds(number * 7);

    private static ContactEvent Stamp(long number, string connection, ContactEvent draft) =>
        draft with { EventId = EventIds.Of(connection, $"facts/{number}"), Connection = connection, Connector = connection, ReceivedAt = At(number).AddSeconds(1) };

    private static char Kind(long number) => Block[(int)(number % Block.Length)];

    // How many of a kind came before.
    private static long Before(char kind, long number) => (number / Block.Length * Count(kind, Block.Length)) + Count(kind, (int)(number % Block.Length));

    private static int Count(char kind, int length) => Block.AsSpan(0, length).Count(kind);

    // Drawn apart from what the event is: otherwise the one would follow from the other.
    private long Known(long number) => Draw(-number, Before('N', number));

    private long Earlier(long number)
    {
        var earlier = Draw(number, number);
        return Kind(earlier) == 'T' ? earlier - 1 : earlier;
    }

    private int Draw(long number, int below) => (int)Draw(number, (long)below);

    private long Draw(long number, long below) => (long)(Scramble(number) % (ulong)below);

    // SplitMix64: a number that looks drawn, the same each time.
    private ulong Scramble(long number)
    {
        var mixed = ((ulong)number + ((ulong)seed << 40)) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
