using System.Text;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>What happened in a world: a hash of all of it, and the last of it to read.</summary>
internal sealed class WorldTrace(WorldTime time)
{
    private const int Kept = 80;
    private const ulong Prime = 1099511628211;

    private readonly Queue<(TimeSpan At, string Who, string What)> steps = new();
    private readonly Queue<(TimeSpan At, string Who, string What)> turns = new();

    /// <summary>The same for the same run.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    public long Steps { get; private set; }

    /// <summary>A process did something.</summary>
    public void Step(string who, string what)
    {
        Steps++;
        Keep(steps, who, what);
    }

    /// <summary>Something befell a process, or the world.</summary>
    public void Turn(string who, string what) => Keep(turns, who, what);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (at, who, what) in turns.TakeLast(Kept / 2).Concat(steps.TakeLast(Kept / 2)).OrderBy(entry => entry.At)) text.AppendLine($"{at.TotalSeconds,12:F6} s  {who,-8} {what}");
        return text.ToString();
    }

    private void Keep(Queue<(TimeSpan, string, string)> kept, string who, string what)
    {
        Mix((ulong)time.Now.Ticks);
        foreach (var letter in who) Mix(letter);
        foreach (var letter in what) Mix(letter);
        kept.Enqueue((time.Now, who, what));
        if (kept.Count > Kept) kept.Dequeue();
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * Prime);
}
