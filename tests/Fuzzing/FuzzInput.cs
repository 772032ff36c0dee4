namespace IntegrationHub.Fuzzing;

/// <summary>One thing to try.</summary>
/// <param name="Subject">What it began as, in the target's words: <c>Shopify/orders-create</c>. Mutations leave it alone.</param>
/// <param name="Address">What goes with the body on one line: a query, a status, a method and path; blank where there is none.</param>
/// <param name="Headers">Headers in the order sent; names can repeat.</param>
/// <param name="Body">The body.</param>
internal sealed record FuzzInput(string Subject, string Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The headers as a server joins them; names compare without case.</summary>
    public Dictionary<string, string> HeaderTable()
    {
        var table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Headers) table[name] = table.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        return table;
    }

    public int Size => Body.Length + Address.Length + Headers.Sum(header => header.Key.Length + header.Value.Length);
}
