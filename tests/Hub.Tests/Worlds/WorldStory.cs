using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What the tools of a world have to tell: deliveries of their simulators, some that can't be read, and some that are ignored.</summary>
internal sealed class WorldStory
{
    private const int Oddities = 6;
    private const int OneRetoldAmong = 21;
    private static readonly DateTimeOffset Arrival = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public WorldStory(HubConfiguration configuration, int seed, int count, int people)
    {
        var plan = new SimulationPlan { Connections = [.. configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)], Count = count, People = people, Seed = seed };
        var told = plan.Deliveries().Select(sent => (sent.Connection, sent.Delivery.Headers, sent.Delivery.Body)).ToList();
        Deliveries = [.. told.Concat(Retold(told)).Concat(Odd(plan.Connections)).Select((request, number) => Delivery(request.Connection, request.Headers, request.Body, number))];
        Readings = [.. Deliveries.Select((delivery, number) => Reading.Of(new StoredDelivery(number, delivery.Connection, delivery.ReceivedAt, delivery.Headers, delivery.Body), configuration))];
        var rules = new IdentityRules(configuration);
        var named = Readings.OfType<Reading.Told>().SelectMany(reading => reading.Events).Select(fact => rules.NodesOf(fact).Where(node => node.Kind is not null).Select(node => node.Name).ToList()).ToList();
        Nodes = [.. named.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal)];
        Ties = [.. named.Where(names => names.Count > 1).Select(names => (names[0], names[^1])).Distinct().Order()];
    }

    /// <summary>All deliveries, verified, in the order of their vendor times.</summary>
    public IReadOnlyList<NewDelivery> Deliveries { get; }

    /// <summary>What each of them says.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    /// <summary>Names of the identifiers that they tell of.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>Pairs of them that one fact ties together.</summary>
    public IReadOnlyList<(string One, string Other)> Ties { get; }

    /// <summary>Where a delivery must end.</summary>
    public DeliveryStatus EndOf(int number) => Readings[number] switch
    {
        Reading.Told { Unread: null } => DeliveryStatus.Done,
        Reading.Told or Reading.Unreadable => DeliveryStatus.Quarantined,
        Reading.Settled settled => settled.Status,
        _ => throw new InvalidOperationException("The five tools hint at nothing, and all of them are enabled."),
    };

    /// <summary>The facts of a delivery.</summary>
    public IReadOnlyList<ContactEvent> EventsOf(int number) => Readings[number] is Reading.Told told ? told.Events : [];

    // The same facts in other words: which telling counts must not depend on which came first.
    private static IEnumerable<(Connection Connection, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)> Retold(
        IEnumerable<(Connection Connection, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)> told) =>
        told.Where((_, number) => number % OneRetoldAmong == 0).Select(one => one with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one.Body.Span).Replace("@", "+again@", StringComparison.Ordinal)) });

    private static IEnumerable<(Connection Connection, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)> Odd(IReadOnlyList<Connection> connections)
    {
        for (var number = 0; number < Oddities; number++)
        {
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json", ["X-Shopify-Topic"] = "carts/update" };
            yield return (connections[number % connections.Count], headers, "{ \"broken\": "u8.ToArray());
            yield return (connections.First(connection => connection.Connector.Key == "shopify"), headers, "{}"u8.ToArray());
        }
    }

    // The vendor's own id would do as well; the number is the same on each retry.
    private static NewDelivery Delivery(Connection connection, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, int number)
    {
        var source = connection.Source!;
        var request = new WebhookRequest { Method = "POST", Headers = headers, Body = body, ReceivedAt = Arrival };
        return new NewDelivery(connection.Name, new Guid(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16)), Arrival, WebhookDelivery.Kept(source, request), source.Authentication.WithoutProof(body));
    }
}
