using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>sales/opportunity.*</c>.</summary>
/// <param name="currency">Currency of the values, ISO 4217; null leaves them out.</param>
internal sealed class ClickFunnelsDeals(string? currency)
{
    public Normalization Changed(ClickFunnelsEvent told)
    {
        var stage = told.Data["pipelines_stage"]["name"].Text();
        return Tell(told, $"state/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", told.UpdatedAt, Status(told.Data["closed_at"].Time(), stage));
    }

    public Normalization Deleted(ClickFunnelsEvent told) => Tell(told, "deleted", told.ToldAt, DealStatus.Lost);

    private Normalization Tell(ClickFunnelsEvent told, string what, DateTimeOffset at, DealStatus? status)
    {
        var deal = told.Data;
        var contact = deal["primary_contact"];
        return ClickFunnelsEvent.Facts(contact, new Fact($"opportunities/{told.Id}/{what}", new DealChanged
        {
            OccurredAt = at,
            Person = ClickFunnelsPeople.Of(contact, deal["primary_contact_id"]),
            Source = told.Source("opportunity"),
            DealId = told.Id,
            Title = deal["name"].Text(),
            Value = currency is not null && deal["value"].Decimal() is { } value ? new Money { Amount = value, Currency = currency } : null,
            Pipeline = deal["pipeline"]["name"].Text(),
            Stage = deal["pipelines_stage"]["name"].Text(),
            Status = status,
        }));
    }

    // ClickFunnels says that it was closed, and not how; a stage that is called so does.
    private static DealStatus? Status(DateTimeOffset? closedAt, string? stage)
    {
        if (closedAt is null) return DealStatus.Open;
        if (stage?.Contains("lost", StringComparison.OrdinalIgnoreCase) is true) return DealStatus.Lost;
        return stage?.Contains("won", StringComparison.OrdinalIgnoreCase) is true ? DealStatus.Won : null;
    }
}
