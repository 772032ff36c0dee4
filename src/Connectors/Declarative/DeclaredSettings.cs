namespace IntegrationHub.Connectors.Declarative;

/// <summary>Settings of a connection whose connector is declared in a file.</summary>
public sealed record DeclaredSettings : ConnectorSettings
{
    /// <summary>What the vendor proves itself with.</summary>
    public required Secrets Secret { get; init; }

    /// <summary>Name of the chosen proof; null where there is but one.</summary>
    public string? Proof { get; init; }

    /// <summary>The declaration's own settings by name, defaults filled in.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>A setting as texts: one, the items of a list, or the names of a map; none where it is not set.</summary>
    internal IEnumerable<string> Texts(string name) => name == DeclaredSetting.Proof ? Proof is null ? [] : [Proof] : Values.GetValueOrDefault(name) switch
    {
        string text => PayloadText.Clean(text) is { } clean ? [clean] : [],
        IReadOnlyList<string> list => list.Select(PayloadText.Clean).OfType<string>(),
        IReadOnlyDictionary<string, string> map => map.Keys.Select(PayloadText.Clean).OfType<string>(),
        _ => [],
    };

    /// <summary>What a setting that is a map says about a text, or null.</summary>
    internal string? Mapped(string name, string text) => Values.GetValueOrDefault(name) is IReadOnlyDictionary<string, string> map ? map.GetValueOrDefault(text) : null;
}
