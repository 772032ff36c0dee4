using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Inbox;

/// <summary>What a stored delivery says, read with today's connector: a pure function of the delivery and the configuration.</summary>
internal abstract record Reading
{
    private Reading() { }

    /// <summary>It tells facts.</summary>
    /// <param name="ToFetch">Objects that it hints at besides.</param>
    public sealed record Told(IReadOnlyList<ContactEvent> Events, IReadOnlyList<ObjectReference> ToFetch) : Reading
    {
        /// <summary>Why the delivery stays in quarantine although its facts count: some of its items can't be read. Null when all can.</summary>
        public string? Unread { get; init; }
    }

    /// <summary>It only hints at objects.</summary>
    public sealed record Hinted(IReadOnlyList<ObjectReference> ToFetch) : Reading
    {
        public string Reason => ToFetch is [var only]
            ? $"{only.ObjectType} {only.ObjectId} has to be fetched"
            : $"{ToFetch[0].ObjectType} {ToFetch[0].ObjectId} and {ToFetch.Count - 1} more have to be fetched";

        /// <inheritdoc cref="Told.Unread"/>
        public string? Unread { get; init; }
    }

    /// <summary>It ends here, without facts.</summary>
    public sealed record Settled(DeliveryStatus Status, string? Topic, string Reason) : Reading;

    /// <summary>Its connection is not enabled, so that nothing can read it.</summary>
    public sealed record NotEnabled(string Reason) : Reading;

    /// <summary>It can't be read.</summary>
    /// <param name="Path">Where in the delivery.</param>
    /// <param name="Problem">What is wrong there; holds no personal data.</param>
    /// <param name="Fault">Kind of the exception when the connector itself failed; otherwise null.</param>
    public sealed record Unreadable(string Path, string Problem, string? Fault) : Reading
    {
        public string Reason => $"{Path} {Problem}";
    }

    public static Reading Of(StoredDelivery delivery, HubConfiguration configuration)
    {
        if (!configuration.Connections.TryGetValue(delivery.Connection, out var connection) || connection.Source is not { } source)
            return new NotEnabled($"connection '{delivery.Connection}' is not enabled; enable it and replay");
        var webhook = new WebhookDelivery
        {
            Connection = delivery.Connection,
            Connector = connection.Connector.Key,
            Headers = delivery.Headers,
            Body = delivery.Body,
            ReceivedAt = delivery.ReceivedAt,
        };
        try
        {
            return Of(Normalization.Run(source, webhook), webhook);
        }
        catch (Exception exception)
        {
            // A connector's own fault must not stop the others: the delivery is kept and can be replayed after the fix.
            return new Unreadable("$", $"made the connector fail ({exception.GetType().Name})", exception.GetType().Name);
        }
    }

    private static Reading Of(Normalization normalization, WebhookDelivery webhook) => normalization switch
    {
        Normalization.Events { Facts.Count: > 0 } events => new Told(webhook.Stamp(events.Facts), events.ToFetch) { Unread = Unreadables(events.Unread) },
        Normalization.Events => new Settled(DeliveryStatus.Ignored, null, "holds no fact"),
        Normalization.Ignored ignored => new Settled(DeliveryStatus.Ignored, ignored.Topic, ignored.Reason),
        Normalization.NeedsHydration hydration => new Hinted(hydration.References) { Unread = Unreadables(hydration.Unread) },
        Normalization.Invalid invalid => new Unreadable(invalid.Path, invalid.Problem, null),
        _ => throw new UnreachableException(),
    };

    private static string? Unreadables(IReadOnlyList<Normalization.Invalid> unread) => unread switch
    {
        [] => null,
        [var only] => $"{only.Path} {only.Problem}; everything else that the delivery tells is taken in",
        [var first, ..] => $"{first.Path} {first.Problem}, and {unread.Count - 1} more can't be read; everything else that the delivery tells is taken in",
    };
}
