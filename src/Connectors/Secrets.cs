using System.Collections;

namespace IntegrationHub.Connectors;

/// <summary>One secret, or several while it is being rotated: each of them is accepted. Never prints itself.</summary>
public sealed class Secrets : IReadOnlyList<string>
{
    private readonly string[] values;

    /// <summary>Secrets in the order they were configured; the first one signs.</summary>
    /// <exception cref="ArgumentException">There is none, or one is blank.</exception>
    public Secrets(params IEnumerable<string> values)
    {
        this.values = [.. values];
        if (this.values.Length == 0 || this.values.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A secret must not be blank, and there must be one.", nameof(values));
    }

    /// <inheritdoc/>
    public int Count => values.Length;

    /// <inheritdoc/>
    public string this[int index] => values[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Three dots, whatever the secret is.</summary>
    public override string ToString() => "…";
}
