namespace IntegrationHub.Bench;

/// <summary>A process with all that it has started, and what these have.</summary>
internal static class ProcessTree
{
    // USER_HZ, which is the same on every Linux.
    private const int TicksOfSecond = 100;

    /// <summary>Time on processors that they have used; of those that have ended, too, once their parent has heard of it.</summary>
    public static TimeSpan CpuOf(int root)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Read(id) : null).OfType<Entry>().ToList();
        var children = all.ToLookup(entry => entry.Parent);
        return TimeSpan.FromSeconds((double)Sum(all.Find(entry => entry.Id == root)) / TicksOfSecond);

        long Sum(Entry? entry) => entry is null ? 0 : entry.Ticks + children[entry.Id].Sum(Sum);
    }

    private static Entry? Read(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            // Behind the name, which may hold anything: state, parent, and as the 12th to 15th the times in program and system, its own and of children that have ended.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, int.Parse(fields[1]), fields[11..15].Sum(long.Parse));
        }
        catch (IOException)
        {
            // It has ended in the meantime.
            return null;
        }
    }

    private sealed record Entry(int Id, int Parent, long Ticks);
}
