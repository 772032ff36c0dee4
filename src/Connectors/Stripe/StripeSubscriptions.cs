using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads <c>customer.subscription.*</c>.</summary>
internal static class StripeSubscriptions
{
    public static Normalization Created(StripeEvent told) => IsRunning(told.Object) ? Started(told) : told.Ignored("it does not run: nothing was paid yet");

    /// <summary>A subscription as a list holds it: that it began, and that it has ended.</summary>
    public static Normalization Held(StripeEvent told)
    {
        if (told.Object["status"].Text() is "incomplete" or "incomplete_expired") return told.Ignored("it does not run: nothing was paid yet");
        return told.Object["ended_at"].Exists ? Normalization.Batch([Started(told), Ended(told)]) : Started(told);
    }

    public static Normalization Updated(StripeEvent told)
    {
        if (told.Object["status"].Text() is "incomplete" or "incomplete_expired") return told.Ignored("it does not run: nothing was paid yet");
        return IsRunning(told.Object) && told.Previous["status"].Text() is "incomplete" ? Started(told) : Changed(told);
    }

    public static Normalization Changed(StripeEvent told) => Normalization.Of($"subscriptions/{told.ObjectId}/{told.StateKey}", Described(told.Object, new SubscriptionChanged
    {
        OccurredAt = told.CreatedAt,
        Person = StripePeople.OfReference(told.Object),
        Source = told.Source,
        SubscriptionId = told.ObjectId,
    }));

    public static Normalization Ended(StripeEvent told) => Normalization.Of($"subscriptions/{told.ObjectId}/ended", Described(told.Object, new SubscriptionEnded
    {
        OccurredAt = told.Object["ended_at"].EpochSeconds() ?? told.CreatedAt,
        Person = StripePeople.OfReference(told.Object),
        Source = told.Source,
        SubscriptionId = told.ObjectId,
    }));

    public static Normalization TrialWillEnd(StripeEvent told)
    {
        var endsAt = told.Object["trial_end"].RequiredEpochSeconds();
        var price = Price(told.Object);
        return Normalization.Of($"subscriptions/{told.ObjectId}/trial_will_end/{endsAt.ToUnixTimeSeconds()}", new TaskCreated
        {
            OccurredAt = told.CreatedAt,
            Person = StripePeople.OfReference(told.Object),
            Source = told.Source,
            TaskId = told.ObjectId,
            Title = "The trial of a subscription is about to end",
            Note = StripePeople.Joined(", ", [Plan(told.Object), price is null ? null : $"{price.Amount} {price.Currency}", Interval(told.Object)]),
            DueAt = endsAt,
        });
    }

    private static Normalization Started(StripeEvent told) => Normalization.Of($"subscriptions/{told.ObjectId}/started", Described(told.Object, new SubscriptionStarted
    {
        OccurredAt = told.Object["start_date"].EpochSeconds() ?? told.CreatedAt,
        Person = StripePeople.OfReference(told.Object),
        Source = told.Source,
        Attribution = told.Attribution,
        SubscriptionId = told.ObjectId,
    }));

    private static SubscriptionEvent Described(Payload subscription, SubscriptionEvent bare)
    {
        var periodEnd = PeriodEnd(subscription);
        var cancellation = subscription["cancellation_details"];
        return bare with
        {
            Plan = Plan(subscription),
            Status = subscription["status"].Text(),
            Price = Price(subscription),
            Interval = Interval(subscription),
            CurrentPeriodEndsAt = periodEnd,
            EndsAt = subscription["ended_at"].EpochSeconds() ?? subscription["cancel_at"].EpochSeconds() ?? (subscription["cancel_at_period_end"].Flag() is true ? periodEnd : null),
            Reason = StripePeople.Joined(": ", [cancellation["reason"].Text(), cancellation["feedback"].Text(), cancellation["comment"].Text()]),
        };
    }

    private static bool IsRunning(Payload subscription) => subscription["status"].Text() is "active" or "trialing";

    private static IEnumerable<Payload> Items(Payload subscription) => subscription["items"]["data"].Items();

    private static string? Plan(Payload subscription) => StripePeople.Joined(", ", Items(subscription).Select(item =>
        item["price"]["nickname"].Text() ?? item["price"]["lookup_key"].Text() ?? item["price"]["id"].Text()));

    // Items of one subscription share currency and interval. A tiered or metered price has no amount that is known beforehand.
    private static Money? Price(Payload subscription)
    {
        Money? sum = null;
        foreach (var item in Items(subscription))
        {
            if (StripeMoney.Read(item["price"]["unit_amount"], item["price"]["currency"]) is not { } unit || item["quantity"].Decimal() is not { } quantity) return null;
            try
            {
                sum = unit with { Amount = (unit.Amount * quantity) + (sum?.Amount ?? 0) };
            }
            catch (OverflowException)
            {
                throw item["quantity"].Not("a number that can be held with its price");
            }
        }
        return sum;
    }

    private static string? Interval(Payload subscription)
    {
        var recurring = Items(subscription).Select(item => item["price"]["recurring"]).FirstOrDefault(recurring => recurring.Exists);
        var unit = recurring?["interval"].Text() switch { "day" => "D", "week" => "W", "month" => "M", "year" => "Y", _ => null };
        return unit is null ? null : $"P{recurring?["interval_count"].Integer() ?? 1}{unit}";
    }

    /// <summary>Since 2025-03-31.basil every item tells its period, before the subscription did.</summary>
    private static DateTimeOffset? PeriodEnd(Payload subscription) =>
        Items(subscription).Select(item => item["current_period_end"].EpochSeconds()).Max() ?? subscription["current_period_end"].EpochSeconds();
}
