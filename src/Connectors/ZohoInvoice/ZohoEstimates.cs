using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads estimates: deals that are open until the customer decides.</summary>
internal static class ZohoEstimates
{
    public static Normalization Changed(ZohoRecord told)
    {
        var stage = told.Topic["estimate.".Length..];
        return Normalization.Of($"estimates/{told.Id}/{stage}/{ZohoTime.Stamp(told.At)}", new DealChanged
        {
            OccurredAt = told.At,
            TimeBasis = told.Basis,
            Person = ZohoCustomer.Of(told.Data),
            Source = told.Source,
            Attribution = ZohoFields.Attribution(told.Data),
            DealId = told.Id,
            Title = told.Data["estimate_number"].Text() is { } number ? $"Estimate {number}" : null,
            Value = told.Amount("total"),
            Stage = stage,
            Status = stage switch { "accepted" => DealStatus.Won, "declined" => DealStatus.Lost, _ => DealStatus.Open },
            Owner = told.Data["salesperson_name"].Text(),
        });
    }
}
