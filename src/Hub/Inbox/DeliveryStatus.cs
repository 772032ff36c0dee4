namespace IntegrationHub.Hub.Inbox;

/// <summary>Where a delivery stands. The numbers are stored.</summary>
internal enum DeliveryStatus
{
    /// <summary>Durable, not yet in the record.</summary>
    Received = 0,

    /// <summary>Waits for its object to be fetched from the vendor.</summary>
    Hydrating = 1,

    /// <summary>All its facts are in the record.</summary>
    Done = 2,

    /// <summary>Holds nothing the hub keeps, on purpose.</summary>
    Ignored = 3,

    /// <summary>Could not be read or merged, or not all of it; kept with its reason, and can be replayed.</summary>
    Quarantined = 4,
}
