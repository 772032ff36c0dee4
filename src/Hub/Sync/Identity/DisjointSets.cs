namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>Sets of names that are joined step by step (union-find).</summary>
internal sealed class DisjointSets
{
    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);

    /// <summary>The name that stands for the set of this one.</summary>
    public string Find(string name)
    {
        var root = name;
        while (parents.TryGetValue(root, out var parent)) root = parent;
        while (name != root)
        {
            var next = parents[name];
            parents[name] = root;
            name = next;
        }
        return root;
    }

    /// <summary>Makes the sets of two names one; the lower name stands for it.</summary>
    public void Join(string one, string other)
    {
        var (a, b) = (Find(one), Find(other));
        var order = string.CompareOrdinal(a, b);
        if (order < 0) parents[b] = a;
        else if (order > 0) parents[a] = b;
    }
}
