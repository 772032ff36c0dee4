using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>The event or decision that says something: by it an explanation can be checked.</summary>
/// <param name="Id">Of the event or decision.</param>
/// <param name="Connection">Who told it; <see cref="Claim.OfDecision"/> for a decision.</param>
/// <param name="Kind">The contract event, or the type of the decision.</param>
/// <param name="At">By the vendor's clock; null when the vendor told none.</param>
/// <param name="Summary">What happened, in a few words.</param>
internal sealed record Evidence(Guid Id, string Connection, string Kind, DateTimeOffset? At, string Summary)
{
    public static Evidence Of(ContactEvent contactEvent) =>
        new(contactEvent.EventId, contactEvent.Connection, contactEvent.GetType().Name, Stamp.Of(contactEvent).Time, TimelineJson.Summary(contactEvent));

    public static Evidence Of(StoredDecision made) =>
        new(made.Id, Claim.OfDecision, TypeOf(made.Decision), made.MadeAt, $"decided by {made.Author}{(made.Reason is null ? "" : ": " + made.Reason)}");

    private bool IsDecision => Connection == Claim.OfDecision;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("connection", Connection);
        writer.WriteString("eventId", Id);
        writer.WriteString("kind", Kind);
        writer.WriteString("summary", Summary);
        ContactJson.WriteTime(writer, "occurredAt", At);
    }

    public override string ToString() =>
        $"{Connection}{(At is { } time ? $" on {time:yyyy-MM-dd HH:mm:ss} UTC" : "")} ({Summary}; {(IsDecision ? "decision" : "event")} {Id})";

    private static string TypeOf(Decision decision) => decision switch
    {
        MustLink => "must_link",
        CannotLink => "cannot_link",
        BlockValue => "block_value",
        PinField => "pin_field",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
