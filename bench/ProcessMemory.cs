namespace IntegrationHub.Bench;

/// <summary>Memory that a process holds.</summary>
internal static class ProcessMemory
{
    /// <summary>Memory that it holds now, in MiB.</summary>
    public static double Of(int process) => Read(process, "VmRSS:");

    /// <summary>Most memory that it has held since its start, in MiB.</summary>
    public static double MostOf(int process) => Read(process, "VmHWM:");

    // The system tells kibibytes.
    private static double Read(int process, string what) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
}
