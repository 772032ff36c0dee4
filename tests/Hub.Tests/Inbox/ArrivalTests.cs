using System.Text;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Inbox;

/// <summary>What arrives at once is stored together, and comes to the same as one after the other.</summary>
public sealed class ArrivalTests : DatabaseTest
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Any_crowd_comes_to_the_same_as_one_after_the_other()
    {
        for (var seed = 0; seed < TestDatabase.Histories(200, few: 40); seed++)
        {
            var random = new Random(seed);
            Dictionary<(string, Guid), string> stored = [];
            Dictionary<Nonce, DateTimeOffset> signed = [];
            for (var (crowd, number) = (0, 0); crowd < 4; crowd++)
            {
                var now = Start.AddSeconds(2 * crowd);
                List<NewDelivery> deliveries = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Invent(random, $"s{seed}", now, number++))];
                var expected = deliveries.ConvertAll(delivery => IsNew(delivery, stored, signed));
                var outcomes = await Database.WriteAsync(session => InboxStore.Append(session, deliveries), CancellationToken.None);
                Assert.Equal(expected, outcomes.Select(outcome => outcome is AppendOutcome.Accepted));
            }
            var (bodies, nonces) = Database.Read(session => (
                session.Query("select connection, delivery_key, body from inbox join inbox_body using (delivery_id) where connection like $seed", row => ((row.GetString(0), row.Id(1)), Encoding.UTF8.GetString(row.Bytes(2))), ("$seed", $"s{seed}-%")),
                session.Query("select connection, hash, expires_at from nonce where connection like $seed", row => (new Nonce(row.GetString(0), row.Id(1)), row.Time(2)), ("$seed", $"s{seed}-%"))));
            Assert.Equal(stored.ToHashSet(), bodies.Select(row => KeyValuePair.Create(row.Item1, row.Item2)).ToHashSet());
            Assert.Equal(signed.ToHashSet(), nonces.Select(row => KeyValuePair.Create(row.Item1, row.Item2)).ToHashSet());
        }
    }

    [Fact]
    public async Task Of_the_same_from_all_sides_one_is_accepted()
    {
        await using var other = TestDatabase.IsPostgres ? TestDatabase.Of(Folder).Open() : null;
        InboxStore[] processes = [.. new[] { Database, other }.OfType<IDatabase>().Select(process => new InboxStore(process, TimeProvider.System))];
        var random = new Random(1);
        List<NewDelivery> deliveries = [.. Enumerable.Range(0, 400).Select(number => Invent(random, "crowd", Start, number) with { Signed = null })];
        var outcomes = await Task.WhenAll(deliveries.Select((delivery, i) => Task.Run(async () =>
            (delivery.Connection, delivery.Key, IsNew: await processes[i % processes.Length].AppendAsync(delivery, null, CancellationToken.None) is AppendOutcome.Accepted))));
        Assert.All(outcomes.GroupBy(outcome => (outcome.Connection, outcome.Key)), same => Assert.Single(same, outcome => outcome.IsNew));
    }

    // The rules in their plainest form.
    private static bool IsNew(NewDelivery delivery, Dictionary<(string, Guid), string> stored, Dictionary<Nonce, DateTimeOffset> signed)
    {
        if (delivery.Signed is { } once && signed.TryGetValue(once.Nonce, out var expires) && expires > delivery.ReceivedAt) return false;
        if (delivery.Signed is { } kept) signed[kept.Nonce] = kept.ExpiresAt;
        if (stored.TryAdd((delivery.Connection, delivery.Key), Encoding.UTF8.GetString(delivery.Body.Span))) return true;
        if (delivery.Signed is { } refused) signed.Remove(refused.Nonce);
        return false;
    }

    // Few keys and few signed bodies, so that they meet in every way.
    private static NewDelivery Invent(Random random, string prefix, DateTimeOffset now, int number)
    {
        var connection = $"{prefix}-{random.Next(2)}";
        return new NewDelivery(connection, Few(random), now, new Dictionary<string, string>(StringComparer.Ordinal), Encoding.UTF8.GetBytes($"{number}"))
        {
            Signed = random.Next(4) == 0 ? null : (new Nonce(connection, Few(random)), now + Memory),
        };
    }

    private static Guid Few(Random random) => new(random.Next(4), 0, 0, new byte[8]);
}
