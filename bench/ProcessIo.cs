namespace IntegrationHub.Bench;

/// <summary>What this process has read from files and written to them, in bytes; the system's own page cache does not count as reading less.</summary>
/// <param name="Read">Bytes that calls to read returned.</param>
/// <param name="Written">Bytes that were handed to calls to write.</param>
internal readonly record struct ProcessIo(long Read, long Written)
{
    private const string Counters = "/proc/self/io";

    /// <summary>The counters now; null where the system has none.</summary>
    public static ProcessIo? Now()
    {
        if (!File.Exists(Counters)) return null;
        var lines = File.ReadAllLines(Counters).Select(line => line.Split(": ")).ToDictionary(parts => parts[0], parts => long.Parse(parts[1]), StringComparer.Ordinal);
        return new ProcessIo(lines["rchar"], lines["wchar"]);
    }
}
