using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Amounts: minor units as ISO 4217 has them, and a text for people, which is not read.</summary>
internal static class EventbriteCost
{
    public static Money? Amount(Payload cost) => Amounts.Minor(cost["value"], cost["currency"]);

    /// <summary>The sum of those that are told, in the currency of the first; null when none is.</summary>
    public static Money? Sum(IEnumerable<Payload> costs)
    {
        var told = costs.Select(Amount).OfType<Money>().ToList();
        return told.Count > 0 ? told[0] with { Amount = told.Where(amount => amount.Currency == told[0].Currency).Sum(amount => amount.Amount) } : null;
    }
}
