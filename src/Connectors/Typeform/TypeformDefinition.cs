namespace IntegrationHub.Connectors.Typeform;

/// <summary>The questions and endings of the form as they stood when it was answered.</summary>
internal sealed class TypeformDefinition
{
    private readonly Dictionary<string, (string? Title, string? Subfield)> questions = new(StringComparer.Ordinal);
    private readonly Payload definition;

    public TypeformDefinition(Payload definition)
    {
        this.definition = definition;
        Add(definition["fields"]);
    }

    /// <summary>Title of the form.</summary>
    public string? Title => definition["title"].Text();

    /// <summary>A question by its ref or id, or null.</summary>
    public (string? Title, string? Subfield)? Question(string key) => questions.TryGetValue(key, out var question) ? question : null;

    /// <summary>The title of the ending that was shown; its ref or id where the form does not list it.</summary>
    /// <param name="key">The ending's ref or id; null when none was told.</param>
    public string? Outcome(string? key)
    {
        if (key is null) return null;
        var shown = definition["endings"].Items().FirstOrDefault(candidate => candidate["ref"].Id() == key || candidate["id"].Id() == key);
        return shown?["title"].Text() ?? key;
    }

    // Groups, contact and address questions hold theirs in properties.fields.
    private void Add(Payload fields)
    {
        foreach (var field in fields.Items())
        {
            var question = (field["title"].Text(), field["subfield_key"].Text());
            if (field["ref"].Id() is { } reference) questions.TryAdd(reference, question);
            if (field["id"].Id() is { } id) questions.TryAdd(id, question);
            Add(field["properties"]["fields"]);
        }
    }
}
