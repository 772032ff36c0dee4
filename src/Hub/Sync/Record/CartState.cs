using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One cart or checkout that was not completed when it was last heard of.</summary>
internal sealed class CartState : EntityState
{
    public Register<Money>? Total { get; set; }

    public Register<string>? RecoveryUrl { get; set; }

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not CartAbandoned cart) return;
        Total = Total.Offer(cart.Total, stamp);
        RecoveryUrl = RecoveryUrl.Offer(cart.RecoveryUrl, stamp);
    }
}
