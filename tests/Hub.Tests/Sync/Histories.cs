using IntegrationHub.Connectors;
using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>Invented histories of people who share devices and addresses, have several ids per tool, order and get refunds.</summary>
internal static class Histories
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static List<ContactEvent> Create(Random random)
    {
        var count = random.Next(3, 26);
        return [.. Enumerable.Range(0, count).Select(number => Event(random, number))];
    }

    private static ContactEvent Event(Random random, int number)
    {
        var connection = random.Next(2) == 0 ? "shop" : "forms";
        var person = new Person
        {
            Identifiers = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Identifier(random)).Distinct()],
            FirstName = random.Next(2) == 0 ? "First" + random.Next(4) : null,
            Company = random.Next(3) == 0 ? "Company" + random.Next(3) : null,
            Tags = random.Next(4) == 0 ? ["tag" + random.Next(2)] : [],
            RemovedTags = random.Next(6) == 0 ? ["tag" + random.Next(2)] : [],
            Street = random.Next(3) == 0 ? "Street " + random.Next(3) : null,
            City = random.Next(2) == 0 ? "City" + random.Next(2) : null,
            TimeZone = random.Next(6) == 0 ? "Europe/Paris" : null,
        };
        var order = "o" + random.Next(3);
        ContactEvent draft = random.Next(10) switch
        {
            0 => new OrderPlaced { OccurredAt = Time(random), Person = person, Source = Source, OrderId = order, Total = Euros(random.Next(1, 50)) },
            1 => new OrderRefunded { OccurredAt = Time(random), Person = new Person(), Source = Source, OrderId = order, RefundId = "r" + random.Next(3), Amount = Euros(random.Next(1, 9)) },
            2 => new ConsentChanged { OccurredAt = Time(random), Person = person, Source = Source, Channel = ConsentChannel.Email, State = (ConsentState)random.Next(3) },
            3 => new ContactRemovedAtSource { OccurredAt = Time(random), Person = person, Source = Source },
            4 => new EmailOpened { OccurredAt = Time(random), Person = person, Source = Source, TimeBasis = random.Next(3) == 0 ? TimeBasis.Arrival : TimeBasis.Vendor },
            _ => new ContactObserved { OccurredAt = Time(random), Person = person, Source = Source },
        };
        return draft with { EventId = EventIds.Of(connection, "e" + number), Connection = connection, Connector = "test", ReceivedAt = Start };
    }

    private static Identifier Identifier(Random random) => random.Next(9) switch
    {
        8 => Contracts.Identifier.Email(random.Next(2) == 0 ? "nobody" + random.Next(3) : "info@shop.example"),
        0 or 1 => Contracts.Identifier.Customer("c" + random.Next(7)),
        2 or 3 or 4 => Contracts.Identifier.Email(Typed($"p{random.Next(6)}@shop.example", random)),
        5 => Contracts.Identifier.Phone((random.Next(2) == 0 ? "+4922155501" : "+49 (221) 555-01") + random.Next(10, 14)),
        6 => Contracts.Identifier.User("u" + random.Next(3)),
        7 => Contracts.Identifier.Anonymous("tablet" + random.Next(2)),
        _ => Contracts.Identifier.Email(random.Next(2) == 0 ? "info@shop.example" : "test@test.com"),
    };

    // As people type: other case, a space, a comma for the dot, another letter.
    private static string Typed(string email, Random random) => random.Next(12) switch
    {
        0 => email.ToUpperInvariant(),
        1 => " " + email,
        2 => email.Replace('.', ','),
        3 => "q" + email[1..],
        _ => email,
    };

    private static DateTimeOffset Time(Random random) => Start.AddMinutes(random.Next(12));

    private static Money Euros(int amount) => new() { Amount = amount, Currency = "EUR" };

    private static SourceReference Source { get; } = new() { ObjectType = "test", ObjectId = "1" };

    /// <summary>The identifiers of the contacts that two exports do not share.</summary>
    public static string Difference(string expected, string found)
    {
        var (one, other) = (expected.Split('\n'), found.Split('\n'));
        return string.Join('\n', one.Except(other).Select(line => "- " + Short(line)).Concat(other.Except(one).Select(line => "+ " + Short(line))));
    }

    private static string Short(string contact)
    {
        if (contact.Length == 0) return "";
        var identifiers = System.Text.Json.JsonDocument.Parse(contact).RootElement.GetProperty("identifiers").EnumerateArray();
        return string.Join(' ', identifiers.Select(identifier => $"{identifier.GetProperty("kind").GetString()}:{identifier.GetProperty("value").GetString()}"));
    }
}
