using System.Diagnostics;

namespace IntegrationHub.Bench;

/// <summary>What processes have used since they started.</summary>
/// <param name="Cpu">Time on processors, in programs and in the system.</param>
/// <param name="Written">Bytes that were handed to calls to write; what goes to sockets is not among them. 0 where the system does not count.</param>
/// <param name="ToDisk">Bytes of the pages of files that were made to be written to the disk; a page that is written twice between two flushes counts once. 0 where the system does not count.</param>
internal readonly record struct ProcessUse(TimeSpan Cpu, long Written, long ToDisk)
{
    public static ProcessUse OfThis => Of([Environment.ProcessId]);

    public static ProcessUse Of(IEnumerable<int> processes) => processes.Select(Of).Aggregate((sum, one) => new ProcessUse(sum.Cpu + one.Cpu, sum.Written + one.Written, sum.ToDisk + one.ToDisk));

    public static ProcessUse operator -(ProcessUse later, ProcessUse earlier) => new(later.Cpu - earlier.Cpu, later.Written - earlier.Written, later.ToDisk - earlier.ToDisk);

    private static ProcessUse Of(int id)
    {
        using var process = Process.GetProcessById(id);
        var file = $"/proc/{id}/io";
        if (!File.Exists(file)) return new ProcessUse(process.TotalProcessorTime, 0, 0);
        var counters = File.ReadLines(file).Select(line => line.Split(": ")).ToDictionary(parts => parts[0], parts => long.Parse(parts[1]), StringComparer.Ordinal);
        return new ProcessUse(process.TotalProcessorTime, counters["wchar"], counters["write_bytes"]);
    }
}
