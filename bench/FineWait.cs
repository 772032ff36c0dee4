using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IntegrationHub.Bench;

/// <summary>Waits that end within some 0.1 ms, without holding a processor. Those of .NET end within one or two milliseconds, which is as long as what is measured. They hold their thread.</summary>
internal static partial class FineWait
{
    private const long MicrosecondsOfSecond = 1_000_000;

    /// <summary>Waits until a moment of the stopwatch; not at all when it is over.</summary>
    public static void Until(long moment)
    {
        for (var left = moment - Stopwatch.GetTimestamp(); left > 0; left = moment - Stopwatch.GetTimestamp())
            _ = Sleep((uint)Math.Clamp(left * MicrosecondsOfSecond / Stopwatch.Frequency, 1, MicrosecondsOfSecond - 1));
    }

    /// <summary>Waits that long.</summary>
    public static void For(TimeSpan time) => Until(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    // Below a second, as POSIX has it.
    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(uint microseconds);
}
