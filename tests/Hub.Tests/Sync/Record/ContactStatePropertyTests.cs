using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Record;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync.Record;

/// <summary>The state of a contact is a function of the set of its events: in any order, in any parts, and of bounded size.</summary>
public sealed class ContactStatePropertyTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261123;

    [Fact]
    public void Any_order_and_any_parts_make_the_same_contact()
    {
        const int histories = 300;
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + histories - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = Enumerable.Range(1, random.Next(2, 90)).Select(number => Event(random, number)).ToArray();
            var expected = Told.Canonical(Told.Fold(events));
            for (var variation = 0; variation < 4; variation++)
            {
                random.Shuffle(events);
                Assert.True(expected == Told.Canonical(InParts(events, random)), $"seed {seed}, variation {variation}");
            }
        }
    }

    [Fact]
    public void The_addresses_shown_are_those_of_all_events_without_a_bound()
    {
        const int histories = 300;
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + histories - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = Enumerable.Range(1, random.Next(2, 120)).Select(number => Event(random, number)).ToArray();
            var state = Told.Fold(events);
            var expected = events.Where(told => told.Person.Street is not null && told.Person.City is not null)
                .Where(told => Survivorship.Stands(state, SourceOf(told), Stamp.Of(told))).OrderByDescending(Stamp.Of)
                .Select(told => Folded($"{told.Person.Street} {told.Person.City}")).Distinct().Take(RecentClaims.Most);
            Assert.True(expected.SequenceEqual(Survivorship.Addresses(state).Select(address => Folded($"{address.Street} {address.City}"))), $"seed {seed}");
        }
    }

    [Fact]
    public void Ten_thousand_events_of_a_contact_make_a_state_no_larger_than_a_few_hundred_do()
    {
        var random = new Random(FirstSeed);
        var events = Enumerable.Range(1, 10_000).Select(number => Event(random, number)).ToArray();
        var some = SizeOf(Told.Fold(events.Take(1000)));
        var all = SizeOf(Told.Fold(events));
        output.WriteLine($"seed {FirstSeed}: {some} bytes after 1,000 events, {all} after 10,000");
        Assert.True(all < some * 1.1, $"{some} bytes after 1,000 events, {all} after 10,000");
    }

    private static ContactState InParts(ContactEvent[] events, Random random)
    {
        var cut = random.Next(events.Length);
        var (one, other) = (Told.Fold(events[..cut]), Told.Fold(events[cut..]));
        one.Absorb(other);
        return one;
    }

    private static long SizeOf(ContactState state) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(state, HubJson.Default.ContactState).Length;

    private static string Folded(string text) => string.Join(' ', text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string SourceOf(ContactEvent told) => $"{told.Connection}:{told.Person.Identifiers[0].Value}";

    private static ContactEvent Event(Random random, int number)
    {
        var person = new Person
        {
            Identifiers = [Identifier.Customer("c" + random.Next(3)), Identifier.Email($"p{random.Next(4)}@shop.example"), Identifier.Phone("no number " + random.Next(60)), Identifier.User("guest")],
            FirstName = random.Next(2) == 0 ? "First" + random.Next(4) : null,
            Street = random.Next(2) == 0 ? Spelled(random, "Street " + random.Next(60)) : null,
            City = random.Next(4) > 0 ? Spelled(random, "City") : null,
            TimeZone = random.Next(9) == 0 ? "America/New_York" : null,
        };
        var time = Told.Noon.AddHours(random.Next(40));
        ContactEvent told = random.Next(20) switch
        {
            0 => new ContactRemovedAtSource { OccurredAt = time, Person = person, Source = Told.Source },
            1 or 2 => new ConsentChanged { OccurredAt = time, Person = person, Source = Told.Source, Channel = (ConsentChannel)random.Next(2), State = (ConsentState)random.Next(3) },
            3 => new EmailUnsubscribed { OccurredAt = time, Person = person, Source = Told.Source },
            4 => new EmailComplained { OccurredAt = time, Person = person, Source = Told.Source },
            5 or 6 => new EmailOpened { OccurredAt = time.AddDays(random.Next(300)), Person = person, Source = Told.Source },
            _ => new ContactObserved { OccurredAt = time, Person = person, Source = Told.Source },
        };
        return (told with { TimeBasis = random.Next(5) == 0 ? TimeBasis.Arrival : TimeBasis.Vendor }).By(random.Next(2) == 0 ? "shop" : "forms", number);
    }

    private static string Spelled(Random random, string text) => random.Next(3) switch { 0 => text.ToUpperInvariant(), 1 => "  " + text.Replace(" ", "   "), _ => text };
}
