using System.Text.Json.Serialization;

namespace IntegrationHub.Hub.Privacy;

/// <summary>What an erasure takes, fixed when it is made: hashes by <see cref="ErasureKey"/>, or a connection. From then on the same facts are the erased person's, whenever they are told.</summary>
internal sealed record ErasureSets
{
    /// <summary>What happened up to then, by the vendor's clock, or arrived when the vendor tells no time.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The connection of which everything is erased; null for an erasure of people.</summary>
    public string? Connection { get; init; }

    /// <summary>Nodes of the erased: identifiers, and entities such as orders.</summary>
    public IReadOnlyList<byte[]> Names { get; init; } = [];

    /// <summary>Customer and user ids of other people, although an event named them together with the erased.</summary>
    public IReadOnlyList<byte[]> Strangers { get; init; } = [];

    /// <summary>Events that are erased whatever they say and whenever they happened.</summary>
    public IReadOnlyList<byte[]> Events { get; init; } = [];
}

/// <summary>An erasure as it is kept.</summary>
/// <param name="Terms">What bodies are searched for until they have been; then nothing of it is kept.</param>
internal sealed record StoredErasure(long Key, DateTimeOffset Until, string? Connection, ErasureTerms? Terms, bool IsSearched, bool IsFinished, long Events, long Deliveries);

/// <summary>Personal data that an erasure needs until it is finished.</summary>
internal sealed record ErasureTerms
{
    /// <summary>E-mail addresses and phone numbers, as sent and normalized.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Names of the nodes.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];
}

/// <summary>What a hash stands for. The numbers are stored.</summary>
internal enum TombstoneKind
{
    Name = 0,
    Stranger = 1,
    Event = 2,
}

/// <summary>A hash that an erasure knows.</summary>
internal readonly record struct Tombstone(long ErasureKey, TombstoneKind Kind, long Until);

/// <summary>JSON of what an erasure keeps for a while.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErasureTerms))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
