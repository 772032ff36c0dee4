using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>The one way contracts are written as JSON: camel case, enums by name, null left out, times in UTC with <c>Z</c>. Generated at build time, no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(AppointmentBooked))]
[JsonSerializable(typeof(AppointmentRescheduled))]
[JsonSerializable(typeof(AppointmentCancelled))]
[JsonSerializable(typeof(AppointmentNoShow))]
[JsonSerializable(typeof(ConsentChanged))]
[JsonSerializable(typeof(ContactObserved))]
[JsonSerializable(typeof(ContactRemovedAtSource))]
[JsonSerializable(typeof(DealChanged))]
[JsonSerializable(typeof(TaskCreated))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(EmailSubscribed))]
[JsonSerializable(typeof(EmailUnsubscribed))]
[JsonSerializable(typeof(EmailBounced))]
[JsonSerializable(typeof(EmailComplained))]
[JsonSerializable(typeof(EmailSent))]
[JsonSerializable(typeof(EmailOpened))]
[JsonSerializable(typeof(EmailClicked))]
[JsonSerializable(typeof(FormSubmitted))]
[JsonSerializable(typeof(InvoiceIssued))]
[JsonSerializable(typeof(InvoicePaid))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderPaid))]
[JsonSerializable(typeof(OrderRefunded))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(CartAbandoned))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(ErasureRequested))]
[JsonSerializable(typeof(ExportRequested))]
[JsonSerializable(typeof(EventRegistered))]
[JsonSerializable(typeof(EventAttended))]
[JsonSerializable(typeof(EventCancelled))]
[JsonSerializable(typeof(SubscriptionStarted))]
[JsonSerializable(typeof(SubscriptionChanged))]
[JsonSerializable(typeof(SubscriptionEnded))]
[JsonSerializable(typeof(PageViewed))]
[JsonSerializable(typeof(ContentDownloaded))]
[JsonSerializable(typeof(PromoUsed))]
[JsonSerializable(typeof(ContactChanged))]
[JsonSerializable(typeof(ContactsMerged))]
[JsonSerializable(typeof(ContactSplit))]
[JsonSerializable(typeof(ContactErased))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>The event as UTF-8 JSON; its kind is not part of it.</summary>
    public static byte[] Serialize(ContactEvent contactEvent)
    {
        ArgumentNullException.ThrowIfNull(contactEvent);
        return JsonSerializer.SerializeToUtf8Bytes(contactEvent, contactEvent.GetType(), Readable);
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <param name="kind">A key of <see cref="ContractKinds.All"/>.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <exception cref="JsonException">The kind is unknown, or the JSON does not fit it.</exception>
    public static ContactEvent Deserialize(string kind, ReadOnlySpan<byte> json)
    {
        if (!ContractKinds.All.TryGetValue(kind, out var type)) throw new JsonException($"'{kind}' is no contract event.");
        return JsonSerializer.Deserialize(json, type, Readable) as ContactEvent
            ?? throw new JsonException($"A {kind} was expected, null was found.");
    }

    // Names keep their letters (Zoë, not Zo\u00EB): bodies stay small and can be searched.
    private static ContractJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        Converters = { new UtcTimeConverter() },
    });
}

/// <summary>Writes enums by their name in camel case, and reads nothing else: a number would change its meaning with the order of the names.</summary>
public sealed class CamelCase<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where TEnum : struct, Enum;

/// <summary>Writes times in UTC with a <c>Z</c>, without trailing zeros.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"));
}
