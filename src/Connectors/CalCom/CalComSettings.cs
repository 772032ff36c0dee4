using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Settings of one Cal.com webhook.</summary>
public sealed record CalComSettings : ApiSettings
{
    /// <summary>The <c>Secret</c> of the webhook; a list while it is being rotated. Without one Cal.com signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>What an answer says about the person: identifier (slug) or label of a booking or routing question → field, for example <c>company</c>, <c>custom.team_size</c>, <c>consent.email</c> or <c>ignore</c>.</summary>
    /// <value>Default: none; a question whose identifier reads like a field (<c>company</c>, <c>job-title</c>) counts as that. Consent is never guessed.</value>
    [CalComField(Consent = true)]
    public IReadOnlyDictionary<string, string> Questions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a parameter of the booking link (<c>metadata[name]=…</c>) says about the person: its name → field, for example <c>user</c> or <c>custom.plan</c>.</summary>
    /// <value>Default: none. <c>utm_*</c> are attribution by themselves.</value>
    [CalComField]
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What becomes of the payment of a booking.</summary>
    /// <value>Default: <see cref="CalComPayments.Orders"/>.</value>
    public CalComPayments Payments { get; init; }

    /// <summary>When a booking with a price counts as booked: Cal.com tells of it before the card is charged.</summary>
    /// <value>Default: <see cref="CalComPricedBookings.WhenPaid"/>, for which the webhook must subscribe to BOOKING_PAID.</value>
    public CalComPricedBookings PricedBookings { get; init; }

    /// <summary>What the end of a meeting says, which Cal.com tells by the clock alone.</summary>
    /// <value>Default: <see cref="CalComEndedMeetings.Ignored"/>.</value>
    public CalComEndedMeetings EndedMeetings { get; init; }

    /// <summary>An API key, to read history and what webhooks missed: the bookings of the user whose key it is.</summary>
    /// <value><c>cal_live_…</c>; null reads no history.</value>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Cal.com allows a key 120 calls a minute. Without its version an older shape of bookings comes.</summary>
    internal ApiAccess? Access() => ApiKey is { } key
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.cal.com/v2/"),
            Account = key,
            Credential = ApiCredential.Bearer(key),
            Limit = new CallLimit(110, TimeSpan.FromMinutes(1)),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["cal-api-version"] = "2024-08-13" },
            Judge = CalComFaults.Find,
        }
        : null;
}

/// <summary>What becomes of the payment of a booking.</summary>
public enum CalComPayments
{
    /// <summary>It is an order and its payment.</summary>
    Orders,

    /// <summary>Nothing: the payment provider is connected too, and tells it itself.</summary>
    ToldElsewhere,
}

/// <summary>When a booking with a price counts as booked.</summary>
public enum CalComPricedBookings
{
    /// <summary>When it is paid, or when a host accepted it.</summary>
    WhenPaid,

    /// <summary>At once.</summary>
    AtOnce,
}

/// <summary>What the end of a meeting says.</summary>
public enum CalComEndedMeetings
{
    /// <summary>Nothing: nobody saw who was there.</summary>
    Ignored,

    /// <summary>That the booker came, unless they or the host were marked as a no-show.</summary>
    Attended,
}

/// <summary>Each value must name a field.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CalComFieldAttribute : ValidationAttribute
{
    /// <summary>Whether consent is among the fields.</summary>
    public bool Consent { get; init; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> map) return ValidationResult.Success;
        foreach (var (name, field) in map)
        {
            if (!CalComFields.IsKnown(field, Consent))
                return new ValidationResult($"sends \"{name}\" to \"{field}\", which is not a field{SettingsBinder.Suggestion(field, CalComFields.Names(Consent))}; or write custom.<name>");
        }
        return ValidationResult.Success;
    }
}
