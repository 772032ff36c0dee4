using System.Diagnostics;

namespace IntegrationHub.Hub.Cli;

/// <summary>Shows how far a long verb is: one line that moves on a terminal, a plain line now and then elsewhere. Writes to standard error.</summary>
/// <param name="done">What was done to each, for example <c>sent</c>.</param>
/// <param name="total">How many there are; null when unknown.</param>
internal sealed class Progress(string done, int? total = null)
{
    private const int Width = 30;

    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock writing = new();
    private long count;
    private TimeSpan shown;

    public void Step()
    {
        Interlocked.Increment(ref count);
        if (watch.Elapsed - shown < (terminal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(5))) return;
        lock (writing) Show();
    }

    public void Finish()
    {
        lock (writing) Show();
        if (terminal) Console.Error.WriteLine();
    }

    private void Show()
    {
        shown = watch.Elapsed;
        var now = Interlocked.Read(ref count);
        var line = total is { } all ? $"{now:N0} of {all:N0} {done}" : $"{now:N0} {done}";
        if (!terminal) Console.Error.WriteLine(line);
        else if (total is { } known and > 0) Console.Error.Write($"\r[{Bar(now, known)}] {line}  ");
        else Console.Error.Write($"\r{line}  ");
    }

    private static string Bar(long now, int all)
    {
        var filled = (int)Math.Min(Width, now * Width / all);
        return new string('#', filled) + new string('.', Width - filled);
    }
}
