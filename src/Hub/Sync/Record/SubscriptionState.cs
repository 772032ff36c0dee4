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
        Plan = Plan.Offer(subscription.Plan, stamp);
        Status = Status.Offer(subscription.Status, stamp);
        Price = Price.Offer(subscription.Price, stamp);
        Interval = Interval.Offer(subscription.Interval, stamp);
        CurrentPeriodEndsAt = CurrentPeriodEndsAt.Offer(subscription.CurrentPeriodEndsAt, stamp);
        EndsAt = EndsAt.Offer(subscription.EndsAt, stamp);
        Enter(subscription is SubscriptionEnded ? "ended" : "active", stamp, Phases);
    }
}
