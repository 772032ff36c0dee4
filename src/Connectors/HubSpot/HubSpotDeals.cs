using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Deals: each of its contacts is told of it.</summary>
internal static class HubSpotDeals
{
    public static Normalization Seen(HubSpotObject deal, string? currency)
    {
        var at = deal.Modified;
        return HubSpotPeople.Each(deal, contact => new Fact($"deals/{deal.Id}/state/{HubSpotTime.Key(at)}/{contact}", new DealChanged
        {
            OccurredAt = at,
            Person = HubSpotPeople.Of(contact),
            Source = deal.Source,
            DealId = deal.Id,
            Title = deal.Text("dealname"),
            Value = deal.Money("amount", "deal_currency_code", currency),
            Pipeline = deal.Text("pipeline"),
            Stage = deal.Text("dealstage"),
            Status = StatusOf(deal),
            Owner = deal.Text("hubspot_owner_id"),
        }));
    }

    // The stages of the first pipeline are named; those of others have numbers, and HubSpot tells what they mean.
    private static DealStatus? StatusOf(HubSpotObject deal) => (deal.Flag("hs_is_closed"), deal.Flag("hs_is_closed_won"), deal.Text("dealstage")) switch
    {
        (_, true, _) or (null, null, "closedwon") => DealStatus.Won,
        (true, _, _) or (null, null, "closedlost") => DealStatus.Lost,
        (false, _, _) => DealStatus.Open,
        _ => null,
    };
}
