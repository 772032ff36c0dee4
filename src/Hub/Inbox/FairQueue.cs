namespace IntegrationHub.Hub.Inbox;

/// <summary>A queue of several lines that are served in turn: however long one is, the first of another waits for one of it at most.</summary>
internal sealed class FairQueue<T>
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, Queue<T>> lines = new(StringComparer.Ordinal);
    private readonly Queue<string> turns = new();

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (sync) return turns.Count == 0;
        }
    }

    /// <summary>Puts an item at the end of a line.</summary>
    public void Add(string line, T item)
    {
        lock (sync)
        {
            if (!lines.TryGetValue(line, out var items)) lines.Add(line, items = new Queue<T>());
            items.Enqueue(item);
            if (items.Count == 1) turns.Enqueue(line);
        }
    }

    /// <summary>Takes the first item of the line whose turn it is.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        lock (sync)
        {
            if (!turns.TryDequeue(out var line))
            {
                item = default;
                return false;
            }
            var items = lines[line];
            item = items.Dequeue();
            if (items.Count > 0) turns.Enqueue(line);
            else lines.Remove(line);
            return true;
        }
    }
}
