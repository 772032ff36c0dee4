using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>How the person answers to e-mail. Each event is counted once, because it is folded in once.</summary>
internal sealed class Engagement
{
    public long Sent { get; set; }

    public long Opened { get; set; }

    public long Clicked { get; set; }

    public long Bounced { get; set; }

    /// <summary>
    /// Opens and clicks that the vendor timed, by month and hour of the day, UTC, under <c>(month - 1) * 24 + hour</c>. The month tells
    /// whether daylight saving held, so that the hour in the person's zone can be found without keeping every event.
    /// </summary>
    public SortedDictionary<int, long> ByMonthAndHour { get; set; } = [];

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
        foreach (var (slot, count) in other.ByMonthAndHour) ByMonthAndHour[slot] = ByMonthAndHour.GetValueOrDefault(slot) + count;
    }

    private void CountHour(ContactEvent contactEvent)
    {
        if (contactEvent.TimeBasis is not TimeBasis.Vendor) return;
        var time = contactEvent.OccurredAt.UtcDateTime;
        var slot = ((time.Month - 1) * 24) + time.Hour;
        ByMonthAndHour[slot] = ByMonthAndHour.GetValueOrDefault(slot) + 1;
    }
}
