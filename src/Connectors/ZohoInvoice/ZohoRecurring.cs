using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads recurring invoices: subscriptions whose every invoice is told by itself.</summary>
internal static class ZohoRecurring
{
    public static Normalization Started(ZohoRecord told) => Normalization.Of($"recurring/{told.Id}/started", Described(told, new SubscriptionStarted
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = ZohoCustomer.Of(told.Data),
        Source = told.Source,
        Attribution = ZohoFields.Attribution(told.Data),
        SubscriptionId = told.Id,
    }));

    public static Normalization Stopped(ZohoRecord told) => Normalization.Of($"recurring/{told.Id}/stopped/{ZohoTime.Stamp(told.At)}", Described(told, new SubscriptionEnded
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = ZohoCustomer.Of(told.Data),
        Source = told.Source,
        SubscriptionId = told.Id,
    }));

    private static SubscriptionEvent Described(ZohoRecord told, SubscriptionEvent bare) => bare with
    {
        Plan = told.Data["recurrence_name"].Text(),
        Status = told.Status,
        Price = told.Amount("total"),
        Interval = Interval(told.Data),
        CurrentPeriodEndsAt = told.Day("next_invoice_date"),
        EndsAt = told.Day("end_date"),
    };

    private static string? Interval(Payload recurring)
    {
        var unit = recurring["recurrence_frequency"].Text()?.ToLowerInvariant().TrimEnd('s') switch { "day" => "D", "week" => "W", "month" => "M", "year" => "Y", _ => null };
        return unit is null ? null : $"P{recurring["repeat_every"].Integer() ?? 1}{unit}";
    }
}
