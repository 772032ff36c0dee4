using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One deal.</summary>
internal sealed class DealState : EntityState
{
    public Register<string>? Title { get; set; }

    public Register<Money>? Value { get; set; }

    public Register<string>? Pipeline { get; set; }

    public Register<string>? Stage { get; set; }

    public Register<DealStatus>? Status { get; set; }

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not DealChanged deal) return;
        Title = Title.Offer(deal.Title, stamp);
        Value = Value.Offer(deal.Value, stamp);
        Pipeline = Pipeline.Offer(deal.Pipeline, stamp);
        Stage = Stage.Offer(deal.Stage, stamp);
        Status = Status.Offer(deal.Status, stamp);
    }

    /// <summary>Takes in what was told of the same deal together with another person.</summary>
    public void Absorb(DealState other)
    {
        Title = Register.Combine(Title, other.Title);
        Value = Register.Combine(Value, other.Value);
        Pipeline = Register.Combine(Pipeline, other.Pipeline);
        Stage = Register.Combine(Stage, other.Stage);
        Status = Register.Combine(Status, other.Status);
    }
}
