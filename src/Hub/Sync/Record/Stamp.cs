using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>When and by which event something was said: the order in which claims outweigh each other. The vendor's time decides, then the event id; a claim without a vendor's time is the weakest.</summary>
/// <param name="At">Unix microseconds by the vendor's clock; null when the vendor told none.</param>
/// <param name="EventId">The event.</param>
[JsonConverter(typeof(StampConverter))]
internal readonly record struct Stamp(long? At, Guid EventId) : IComparable<Stamp>
{
    public static Stamp Of(ContactEvent contactEvent) =>
        new(contactEvent.TimeBasis is TimeBasis.Vendor ? contactEvent.OccurredAt.ToDb() : null, contactEvent.EventId);

    /// <summary>The vendor's time, UTC; null when it told none.</summary>
    public DateTimeOffset? Time => At is { } at ? DateTimeOffset.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMicrosecond) : null;

    public int CompareTo(Stamp other)
    {
        var byTime = (At ?? long.MinValue).CompareTo(other.At ?? long.MinValue);
        return byTime != 0 ? byTime : EventId.CompareTo(other.EventId);
    }

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;
}

/// <summary>Writes a stamp as <c>"time|event id"</c>: states are full of them, and they must stay small.</summary>
internal sealed class StampConverter : JsonConverter<Stamp>
{
    private const int MaxLength = 20 + 1 + 32;

    public override Stamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String || reader.HasValueSequence) throw new JsonException("A stamp was expected.");
        var text = reader.ValueSpan;
        var bar = text.IndexOf((byte)'|');
        var at = 0L;
        if (bar > 0 && !(Utf8Parser.TryParse(text[..bar], out at, out var read) && read == bar)) throw new JsonException("A stamp begins with a time.");
        if (bar < 0 || !Utf8Parser.TryParse(text[(bar + 1)..], out Guid eventId, out _, 'N')) throw new JsonException("A stamp ends with the id of an event.");
        return new Stamp(bar == 0 ? null : at, eventId);
    }

    public override void Write(Utf8JsonWriter writer, Stamp value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        var written = 0;
        if (value.At is { } at) _ = Utf8Formatter.TryFormat(at, text, out written);
        text[written++] = (byte)'|';
        _ = Utf8Formatter.TryFormat(value.EventId, text[written..], out var id, new StandardFormat('N'));
        writer.WriteStringValue(text[..(written + id)]);
    }
}
