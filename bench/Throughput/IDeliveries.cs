namespace IntegrationHub.Bench.Throughput;

/// <summary>What is sent.</summary>
internal enum Payload
{
    /// <summary>Orders of a shop.</summary>
    Orders,

    /// <summary>Answers to a form.</summary>
    Answers,

    /// <summary>What many tools send.</summary>
    Mix,
}

/// <summary>Deliveries to send, no two of them alike.</summary>
internal interface IDeliveries
{
    Payload Payload { get; }

    /// <summary>What they are, and how large on average.</summary>
    string Name { get; }

    /// <summary>The deliveries of the next round, signed now: those that warm a server up, and those that are measured.</summary>
    (List<byte[]> WarmUp, List<byte[]> Burst) Next(int warmUp, int burst);
}
