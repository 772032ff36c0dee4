using System.Globalization;

namespace IntegrationHub.Connectors;

/// <summary>An answer of a vendor's API, whatever its status.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Headers; names compare without case, repeated ones are joined by a comma.</param>
/// <param name="Body">The body.</param>
/// <param name="At">When it came, UTC.</param>
public sealed record VendorAnswer(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset At)
{
    /// <summary>The body as JSON; null when it is not.</summary>
    public Payload? Json()
    {
        try
        {
            return Payload.Parse(Body);
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    /// <summary>What <c>Retry-After</c> says, in seconds or as a date by the vendor's own clock; null when it says nothing.</summary>
    public TimeSpan? RetryAfter()
    {
        if (!Headers.TryGetValue("Retry-After", out var text)) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < int.MaxValue) return TimeSpan.FromSeconds(seconds);
        if (Moment(text) is not { } moment) return null;
        var sent = Headers.TryGetValue("Date", out var date) && Moment(date) is { } told ? told : At;
        return moment > sent ? moment - sent : TimeSpan.Zero;
    }

    /// <summary>The fault that the status tells; null for success.</summary>
    public VendorException? Fault() => Status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => new VendorException(VendorFault.Refused, $"the vendor points elsewhere ({Status}), and the hub does not take the key there; correct the address of the API in the settings"),
        401 => new VendorException(VendorFault.Unauthorized, "the vendor does not accept the key (401); put one that it accepts into the settings"),
        403 => new VendorException(VendorFault.Forbidden, "the vendor does not allow this with the key (403); give the key the permission that is missing"),
        404 or 410 => new VendorException(VendorFault.NotFound, $"the vendor has no such object ({Status})"),
        429 => new VendorException(VendorFault.Throttled, "the vendor has had too many calls (429)") { RetryAfter = RetryAfter() },
        408 or 425 or >= 500 => new VendorException(VendorFault.Unavailable, $"the vendor is not available ({Status})") { RetryAfter = RetryAfter() },
        _ => new VendorException(VendorFault.Refused, $"the vendor refuses the call ({Status})"),
    };

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
