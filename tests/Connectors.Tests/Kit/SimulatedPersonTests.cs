namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class SimulatedPersonTests
{
    private const int People = 100_000;

    // E.164 with the length of each country's numbers: ranges for fiction of Germany, Great Britain (01632), France; 555-0xxx of the United States.
    private static readonly Dictionary<string, string> Phones = new(StringComparer.Ordinal)
    {
        ["DE"] = @"^\+49221\d{9}$",
        ["NO"] = @"^\+4721\d{6}$",
        ["US"] = @"^\+1[2-9]\d\d5550\d{3}$",
        ["GB"] = @"^\+441632\d{6}$",
        ["FR"] = @"^\+33[1-5]\d{8}$",
    };

    [Fact]
    public void Addresses_and_phone_numbers_of_many_people_are_unique()
    {
        var people = Of(seed: 7, People).ToList();
        Assert.Equal(People, people.Select(person => person.Email).ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
        Assert.Equal(People, people.Select(person => person.Phone).ToHashSet(StringComparer.Ordinal).Count);
    }

    [Fact]
    public void Phone_numbers_have_the_form_of_their_country()
    {
        foreach (var person in Of(seed: 7, 20_000)) Assert.Matches(Phones[person.Country], person.Phone);
        Assert.Equal(Phones.Keys.Order(StringComparer.Ordinal), Of(seed: 7, 100).Select(person => person.Country).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Countries_are_shared_evenly_and_not_by_the_last_digit_of_the_number()
    {
        var people = Of(seed: 7, 1000).ToList();
        Assert.All(people.CountBy(person => person.Country), country => Assert.Equal(200, country.Value));
        Assert.All(people.GroupBy(person => person.Number % 5), same => Assert.Equal(5, same.Select(person => person.Country).Distinct().Count()));
    }

    [Fact]
    public void Addresses_are_under_an_example_domain_in_plain_ascii()
    {
        foreach (var person in Of(seed: 7, 2000)) Assert.Matches(@"^[a-z]{2,}\.[a-z]{2,}\.7\.\d+@example\.com$", person.Email);
    }

    [Fact]
    public void Same_seed_and_number_are_the_same_person_in_every_tool()
    {
        Assert.Equal(Of(seed: 7, 500), Of(seed: 7, 600).Take(500));
        Assert.NotEqual(Of(seed: 7, 500), Of(seed: 8, 500));
    }

    [Fact]
    public void People_of_two_seeds_share_no_address() =>
        Assert.Empty(Of(seed: 7, 5000).Select(person => person.Email).Intersect(Of(seed: 8, 5000).Select(person => person.Email), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void People_differ_in_more_than_their_number()
    {
        var people = Of(seed: 7, 2000).ToList();
        Assert.InRange(people.Select(person => person.FullName).Distinct().Count(), 380, 400);
        Assert.All(people, person =>
        {
            Assert.Equal($"{person.FirstName} {person.LastName}", person.FullName);
            Assert.All(new[] { person.Company, person.Street, person.City, person.PostalCode, person.CountryName, person.TimeZone, person.Locale }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.EndsWith(person.Country, person.Locale, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Vendor_times_are_whole_seconds_that_grow()
    {
        Assert.Equal(Simulation.Start, Simulation.Time(0));
        Assert.All(Enumerable.Range(0, 1000), number => Assert.True(Simulation.Time(number) < Simulation.Time(number + 1)));
        Assert.Equal(0, Simulation.Time(999).Ticks % TimeSpan.TicksPerSecond);
        Assert.True(Simulation.Time(int.MaxValue) > Simulation.Start);
    }

    [Fact]
    public void Random_numbers_depend_on_seed_and_vendor_alone()
    {
        Assert.Equal(Numbers(7, "shopify"), Numbers(7, "shopify"));
        Assert.NotEqual(Numbers(7, "shopify"), Numbers(8, "shopify"));
        Assert.NotEqual(Numbers(7, "shopify"), Numbers(7, "stripe"));

        static int[] Numbers(int seed, string vendor)
        {
            var random = new Simulation(seed, count: 1, people: 1).Random(vendor);
            return [.. Enumerable.Range(0, 20).Select(_ => random.Next())];
        }
    }

    private static IEnumerable<SimulatedPerson> Of(int seed, int people)
    {
        var simulation = new Simulation(seed, count: 1, people);
        return Enumerable.Range(0, people).Select(simulation.Person);
    }
}
