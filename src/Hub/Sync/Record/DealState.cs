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
        var rank = deal.Status is DealStatus.Won or DealStatus.Lost ? 1 : 0;
        Title = Title.Offer(deal.Title, stamp, rank);
        Value = Value.Offer(deal.Value, stamp, rank);
        Pipeline = Pipeline.Offer(deal.Pipeline, stamp, rank);
        Stage = Stage.Offer(deal.Stage, stamp, rank);
        Status = Status.Offer(deal.Status, stamp, rank);
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
