using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>How the person answers to e-mail. Each event is counted once, because it is folded in once.</summary>
internal sealed class Engagement
{
    public long Sent { get; set; }

    public long Opened { get; set; }

    public long Clicked { get; set; }

    public long Bounced { get; set; }

    /// <summary>Opens and clicks by hour of the day, UTC.</summary>
    public SortedDictionary<int, long> ByHour { get; set; } = [];

    public void Apply(ContactEvent contactEvent)
    {
        switch (contactEvent)
        {
            case EmailSent:
                Sent++;
                break;
            case EmailOpened:
                Opened++;
                CountHour(contactEvent);
                break;
            case EmailClicked:
                Clicked++;
                CountHour(contactEvent);
                break;
            case EmailBounced:
                Bounced++;
                break;
        }
    }

    public void Absorb(Engagement other)
    {
        Sent += other.Sent;
        Opened += other.Opened;
        Clicked += other.Clicked;
        Bounced += other.Bounced;
        foreach (var (hour, count) in other.ByHour) ByHour[hour] = ByHour.GetValueOrDefault(hour) + count;
    }

    private void CountHour(ContactEvent contactEvent)
    {
        if (contactEvent.TimeBasis is not TimeBasis.Vendor) return;
        var hour = contactEvent.OccurredAt.UtcDateTime.Hour;
        ByHour[hour] = ByHour.GetValueOrDefault(hour) + 1;
    }
}
