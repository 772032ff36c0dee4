using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Reads bookings page by page.</summary>
internal static class CalComHistory
{
    public const string Bookings = "bookings";

    private const int PageSize = 100;

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, ICalComApi api, CancellationToken cancellationToken)
    {
        var (since, skip) = Position(request);
        var page = await api.BookingsAsync(since, skip, cancellationToken);
        var bookings = page["data"].Items().ToList();
        List<VendorObject> objects = [];
        foreach (var booking in bookings) objects.Add(await WholeAsync(booking, api, cancellationToken));
        return new BackfillPage(objects, Next(bookings, since, skip)) { Total = request.Cursor is null ? page["pagination"]["totalItems"].Integer() : null };
    }

    // A booking that changes while it is paged moves to the end and shifts those behind it: each page begins at the last change that the one before it showed.
    private static string? Next(List<Payload> bookings, string? since, int skip)
    {
        if (bookings.Count < PageSize) return null;
        var last = From(CalComObject.ChangedAt(bookings[^1]).RequiredTime());
        return string.CompareOrdinal(last, since ?? "") > 0 ? $"{last} 0" : $"{since} {skip + PageSize}";
    }

    private static (string? Since, int Skip) Position(BackfillRequest request)
    {
        if (request.Cursor is not { } cursor) return (request.Since is { } since ? From(since) : null, 0);
        var parts = cursor.Split(' ');
        return (parts[0].Length > 0 ? parts[0] : null, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    // Whether the bound itself is taken in is not told: a second earlier leaves no doubt.
    private static string From(DateTimeOffset time) => time.UtcDateTime.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A webhook tells of a move when the meeting was to begin before; the API tells it of the booking before alone.
    private static async Task<VendorObject> WholeAsync(Payload booking, ICalComApi api, CancellationToken cancellationToken)
    {
        var reference = new ObjectReference("booking", booking["uid"].RequiredText());
        return booking["status"].Text() is "accepted" && booking["rescheduledFromUid"].Text() is { } previous && await StartAsync(previous, api, cancellationToken) is { Exists: true } start
            ? new VendorObject(reference, Put(booking, start))
            : new VendorObject(reference, booking.Raw());
    }

    private static async Task<Payload?> StartAsync(string uid, ICalComApi api, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.BookingAsync(uid, cancellationToken))["data"]["start"];
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.NotFound or VendorFault.Forbidden)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Put(Payload booking, Payload start)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in booking.Members().Where(member => member.Name != CalComObject.PreviousStart).Append((CalComObject.PreviousStart, start)))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Raw().Span);
            }
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}
