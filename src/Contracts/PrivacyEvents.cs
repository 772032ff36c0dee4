using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>A person, or a tool for them, asked to be forgotten.</summary>
public sealed record ErasureRequested : ContactEvent
{
    /// <summary>The vendor's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>What is to be erased.</summary>
    public ErasureScope Scope { get; init; }
}

/// <summary>Reach of an erasure request.</summary>
[JsonConverter(typeof(CamelCase<ErasureScope>))]
public enum ErasureScope
{
    /// <summary>The one person that the event names.</summary>
    Person,

    /// <summary>Everything that came over the connection, for example because the app was removed from the shop.</summary>
    Connection,
}

/// <summary>A person, or a tool for them, asked for a copy of what is held.</summary>
public sealed record ExportRequested : ContactEvent
{
    /// <summary>The vendor's id of the request.</summary>
    public string? RequestId { get; init; }
}
