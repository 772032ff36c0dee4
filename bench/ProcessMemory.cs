namespace IntegrationHub.Bench;

/// <summary>Memory that a process holds.</summary>
internal static class ProcessMemory
{
    /// <summary>Most memory that it has held since its start, in MiB.</summary>
    public static double MostOf(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
}
