using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A fact about a person, told by one connected tool and normalized. Facts are never changed; a later fact adds to an earlier one.</summary>
/// <remarks>
/// <see cref="EventId"/>, <see cref="Connection"/>, <see cref="Connector"/> and <see cref="ReceivedAt"/> are stamped by the connector kit;
/// reading one before that is an error. A member that is null is unknown: it wipes nothing.
/// </remarks>
public abstract record ContactEvent
{
    /// <summary>UUIDv5 of the connection and the fact's semantic key, so that a retry, a second topic and a backfill of one fact share it.</summary>
    public Guid EventId
    {
        get => field != Guid.Empty ? field : throw Unstamped(nameof(EventId));
        init;
    }

    /// <summary>Name of the connection that told the fact, for example <c>shop_eu</c>.</summary>
    public string Connection { get => field ?? throw Unstamped(nameof(Connection)); init; }

    /// <summary>Key of the connector, for example <c>shopify</c>.</summary>
    public string Connector { get => field ?? throw Unstamped(nameof(Connector)); init; }

    /// <summary>When it happened by the vendor's clock, UTC; the arrival time where <see cref="TimeBasis"/> says so.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Which clock <see cref="OccurredAt"/> comes from. A fact timed by its arrival never outweighs one timed by its vendor.</summary>
    public TimeBasis TimeBasis { get; init; }

    /// <summary>When the hub received the delivery, UTC. The only member that may differ between two deliveries of one fact.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the fact says about whom it concerns.</summary>
    public required Person Person { get; init; }

    /// <summary>The vendor's object that the fact is about.</summary>
    public required SourceReference Source { get; init; }

    /// <summary>Where the person came from (campaign, referrer), when the tool told.</summary>
    public Attribution? Attribution { get; init; }

    private InvalidOperationException Unstamped(string member) =>
        new($"{GetType().Name}.{member} was read before the connector kit stamped it.");
}

/// <summary>The clock that <see cref="ContactEvent.OccurredAt"/> comes from.</summary>
[JsonConverter(typeof(CamelCase<TimeBasis>))]
public enum TimeBasis
{
    /// <summary>The vendor told the time.</summary>
    Vendor,

    /// <summary>The vendor told none; the time is the arrival at the hub.</summary>
    Arrival,
}
