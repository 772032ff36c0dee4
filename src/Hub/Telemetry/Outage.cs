namespace IntegrationHub.Hub.Telemetry;

/// <summary>Something that the hub depends on and that can be away. It is told once when it goes and once when it is back, however many deliveries find out.</summary>
/// <param name="what">The thing, as the log names it.</param>
/// <param name="grace">How long it may be away before anybody is told.</param>
/// <param name="calm">How long nothing may fail until it counts as back.</param>
internal sealed class Outage(string what, TimeSpan grace, TimeSpan calm, TimeProvider time, ILogger logger)
{
    private readonly Lock access = new();
    private long since;
    private long last;
    private volatile bool isOn;
    private bool isTold;

    /// <summary>It failed just now.</summary>
    public void Fail(Exception? cause = null)
    {
        lock (access)
        {
            last = time.GetTimestamp();
            if (!isOn) since = last;
            isOn = true;
            if (isTold || time.GetElapsedTime(since, last) < grace) return;
            isTold = true;
        }
        Log.WentAway(logger, what, cause);
    }

    /// <summary>It worked just now.</summary>
    public void Work()
    {
        if (!isOn) return;
        TimeSpan away;
        lock (access)
        {
            var now = time.GetTimestamp();
            if (!isOn || time.GetElapsedTime(last, now) < calm) return;
            isOn = false;
            if (!isTold) return;
            isTold = false;
            away = time.GetElapsedTime(since, last);
        }
        Log.CameBack(logger, what, (long)away.TotalSeconds);
    }
}
