using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Deals.</summary>
internal static class ActiveCampaignDeals
{
    /// <summary>A deal was created.</summary>
    public static Normalization Added(ActiveCampaignMessage message)
    {
        var deal = Deal(message);
        return Normalization.Of($"deals/{deal.DealId}/created", deal);
    }

    /// <summary>A deal was changed. Times are whole seconds: the digest tells two changes within one second apart, and is the same where the API tells the deal.</summary>
    public static Normalization Updated(ActiveCampaignMessage message)
    {
        var deal = Deal(message);
        return Normalization.Of($"deals/{deal.DealId}/state/{message.Moment}/{Digest(deal)}", deal);
    }

    private static string Digest(DealChanged deal)
    {
        var customer = deal.Person.Identifiers.FirstOrDefault(identifier => identifier.Kind == IdentifierKind.Customer)?.Value;
        var amount = deal.Value?.Amount.ToString("0.##########", CultureInfo.InvariantCulture);
        return ActiveCampaignPeople.Digest(string.Join('\0', customer, deal.Title, amount, deal.Value?.Currency, deal.Pipeline, deal.Stage, deal.Status, deal.Owner));
    }

    private static DealChanged Deal(ActiveCampaignMessage message)
    {
        var form = message.Form;
        var id = form.RequiredText("deal[id]");
        return new DealChanged
        {
            OccurredAt = message.Time,
            Person = message.Person,
            Source = ActiveCampaignMessage.Source("deal", id),
            DealId = id,
            Title = form.Text("deal[title]"),
            Value = Value(form),
            Pipeline = form.Text("deal[pipeline_title]"),
            Stage = form.Text("deal[stage_title]"),
            Status = form.Text("deal[status]") switch { "0" => DealStatus.Open, "1" => DealStatus.Won, "2" => DealStatus.Lost, _ => null },
            Owner = string.Join(' ', new[] { form.Text("deal[owner_firstname]"), form.Text("deal[owner_lastname]") }.OfType<string>()) is { Length: > 0 } owner ? owner : null,
        };
    }

    // deal[value] is in major units, unlike deal.value of the API; deal[value_raw] is told in two ways and never used.
    private static Money? Value(FormPayload form)
    {
        if (form.Decimal("deal[value]") is not { } amount || form.Text("deal[currency]") is not { } currency) return null;
        if (!Amounts.IsCurrency(currency)) throw new PayloadException("deal[currency]", "is not an ISO 4217 currency");
        return new Money { Amount = amount, Currency = currency.ToUpperInvariant() };
    }
}
