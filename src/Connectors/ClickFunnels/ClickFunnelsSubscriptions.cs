using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>subscription.*</c>: orders whose goods are billed again and again.</summary>
internal static class ClickFunnelsSubscriptions
{
    public static Normalization TrialStarted(ClickFunnelsEvent told) => Tell(told, "trial-started", new SubscriptionStarted
    {
        OccurredAt = told.CreatedAt,
        Person = ClickFunnelsGoods.Person(told.Data),
        Source = told.Source("subscription"),
        Attribution = ClickFunnelsPeople.Attribution(told.Data["contact"]),
        SubscriptionId = told.Id,
    });

    // That the first payment came in says again that it started.
    public static Normalization Started(ClickFunnelsEvent told) => Tell(told, "started", new SubscriptionStarted
    {
        OccurredAt = told.Data["activated_at"].Time() ?? told.UpdatedAt,
        Person = ClickFunnelsGoods.Person(told.Data),
        Source = told.Source("subscription"),
        Attribution = ClickFunnelsPeople.Attribution(told.Data["contact"]),
        SubscriptionId = told.Id,
    });

    // A change can be told after the end: it must not bring the subscription back.
    public static Normalization Changed(ClickFunnelsEvent told) => Status(told.Data) is "canceled" or "churned" or "completed"
        ? Ended(told)
        : Tell(told, $"state/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new SubscriptionChanged
        {
            OccurredAt = told.UpdatedAt,
            Person = ClickFunnelsGoods.Person(told.Data),
            Source = told.Source("subscription"),
            SubscriptionId = told.Id,
        });

    // It can be reactivated and end again, so every end has its time.
    public static Normalization Ended(ClickFunnelsEvent told)
    {
        var order = told.Data;
        var at = (Status(order) is "completed" ? null : EndedAt(order)) ?? told.UpdatedAt;
        return Tell(told, $"ended/{ClickFunnelsEvent.Stamp(at)}", new SubscriptionEnded
        {
            OccurredAt = at,
            Person = ClickFunnelsGoods.Person(order),
            Source = told.Source("subscription"),
            SubscriptionId = told.Id,
            EndsAt = at,
            Reason = ClickFunnelsEvent.Joined(": ",
                order["canceled_by"].Text() is { } by ? $"canceled by {by}" : null, order["cancel_reason"].Text(), order["cancel_description"].Text()),
        });
    }

    private static Normalization Tell(ClickFunnelsEvent told, string what, SubscriptionEvent bare)
    {
        var order = told.Data;
        return ClickFunnelsEvent.Facts(order["contact"], new Fact($"subscriptions/{told.Id}/{what}", bare with
        {
            Plan = ClickFunnelsEvent.Joined(", ", ClickFunnelsGoods.Items(Recurring(order)).Select(item => item.Title)),
            Status = order["in_trial"].Flag() is true ? "trial" : Status(order),
            Price = Price(order),
            Interval = Interval(order),
            CurrentPeriodEndsAt = order["next_charge_at"].Time() ?? order["trial_end_at"].Time(),
        }));
    }

    private static string? Status(Payload order) => ClickFunnelsGoods.Status(order["service_status"]);

    private static DateTimeOffset? EndedAt(Payload order) =>
        order["churned_at"].Time() is { } churned && !(order["canceled_at"].Time() > churned) ? churned : order["canceled_at"].Time();

    // Without the lines that are billed once. Lines of one order share its currency.
    private static Money? Price(Payload order)
    {
        Money? sum = null;
        foreach (var line in Recurring(order))
        {
            var price = line["products_price"];
            if (Amounts.Major(price["amount"], price["currency"]) is not { } unit) return null;
            try
            {
                sum = unit with { Amount = (unit.Amount * (line["quantity"].Decimal() ?? 1)) + (sum?.Amount ?? 0) };
            }
            catch (OverflowException)
            {
                throw line["quantity"].Not("a number that can be held with its price");
            }
        }
        return sum ?? ClickFunnelsGoods.Amount(order, "total_amount");
    }

    private static string? Interval(Payload order)
    {
        if (Recurring(order).FirstOrDefault() is not { } line) return null;
        var price = line["products_price"];
        var unit = price["interval"].Text()?.TrimEnd('s') switch { "day" => "D", "week" => "W", "month" => "M", "year" => "Y", _ => null };
        return unit is null ? null : $"P{price["interval_count"].Integer() ?? 1}{unit}";
    }

    private static IEnumerable<Payload> Recurring(Payload order) => order["line_items"].Items().Where(line => line["products_price"]["interval"].Exists);
}
