using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One subscription.</summary>
internal sealed class SubscriptionState : EntityState
{
    private static readonly string[] Phases = ["active", "ended"];

    public Register<string>? Plan { get; set; }

    public Register<string>? Status { get; set; }

    public Register<Money>? Price { get; set; }

    public Register<string>? Interval { get; set; }

    public Register<DateTimeOffset>? CurrentPeriodEndsAt { get; set; }

    public Register<DateTimeOffset>? EndsAt { get; set; }

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not SubscriptionEvent subscription) return;
        var rank = subscription switch { SubscriptionEnded => 2, SubscriptionChanged => 1, _ => 0 };
        Plan = Plan.Offer(subscription.Plan, stamp, rank);
        Status = Status.Offer(subscription.Status, stamp, rank);
        Price = Price.Offer(subscription.Price, stamp, rank);
        Interval = Interval.Offer(subscription.Interval, stamp, rank);
        CurrentPeriodEndsAt = CurrentPeriodEndsAt.Offer(subscription.CurrentPeriodEndsAt, stamp, rank);
        EndsAt = EndsAt.Offer(subscription.EndsAt, stamp, rank);
        Enter(subscription is SubscriptionEnded ? "ended" : "active", stamp, Phases);
    }
}
