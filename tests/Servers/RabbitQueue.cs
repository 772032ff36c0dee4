namespace IntegrationHub.Servers;

/// <summary>A queue as RabbitMQ's management tells it, up to a second old.</summary>
public sealed record RabbitQueue
{
    /// <summary>Its name within the virtual host.</summary>
    public required string Name { get; init; }

    /// <summary><c>classic</c>, <c>quorum</c> or <c>stream</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Messages in it, those with a consumer included.</summary>
    public required long Messages { get; init; }
}
