namespace IntegrationHub.Hub.Storage;

/// <summary>Whether a write has failed and nothing has shown since that a delivery fits: on a full disk small changes can go on to succeed.</summary>
internal sealed class WriteDoubt
{
    private long failures;
    private long settled;

    /// <summary>How many writes have failed.</summary>
    public long Failures => Interlocked.Read(ref failures);

    public bool IsOn => Failures != Interlocked.Read(ref settled);

    /// <summary>A write has failed.</summary>
    public void Add() => Interlocked.Increment(ref failures);

    /// <summary>A delivery fits.</summary>
    /// <param name="seen">How many had failed before that was tried.</param>
    public void Settle(long seen) => Interlocked.Exchange(ref settled, seen);
}
