namespace IntegrationHub.Connectors.Jotform;

/// <summary>One answered field.</summary>
internal sealed record JotformAnswer
{
    /// <summary>The field as the webhook names it, for example <c>q11_utm_source</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Number of the field within its form.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The field's unique name, for example <c>utm_source</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The question; null in a webhook, which does not tell it.</summary>
    public string? Question { get; init; }

    /// <summary>What was answered.</summary>
    public required JotformValue Content { get; init; }

    /// <summary>The answer as text.</summary>
    public required string Value { get; init; }

    /// <summary>What the name reads like. Jotform puts the field's number after a name that was taken: <c>email9</c>.</summary>
    public string? Guess => AnswerTargets.Guess(Name.TrimEnd("0123456789".ToCharArray()));

    /// <summary>The answers of a submission in the order sent. All that has no number is Jotform's own, but for the files that were uploaded.</summary>
    public static IEnumerable<JotformAnswer> Read(Payload raw)
    {
        foreach (var (key, value) in raw.Members())
        {
            var content = new JotformValue(value);
            if (Split(key) is var (id, name))
            {
                if (content.Text() is { } text) yield return new JotformAnswer { Key = key, QuestionId = id, Name = name, Content = content, Value = text };
            }
            else if (FileNames(value) is { } files)
            {
                // Only the temporary names tell the number of the field.
                var (field, number) = raw["temp_upload"].Members().Select(upload => (upload.Name, Split(upload.Name))).FirstOrDefault(upload => upload.Item2?.Name == key);
                yield return new JotformAnswer { Key = field ?? key, QuestionId = number?.Id ?? "", Name = key, Content = content, Value = files };
            }
        }
    }

    /// <summary>Number and name of <c>q11_utm_source</c>: what follows the first underscore is the name.</summary>
    private static (string Id, string Name)? Split(string key)
    {
        var underscore = key.IndexOf('_', StringComparison.Ordinal);
        return underscore > 1 && key[0] == 'q' && underscore < key.Length - 1 && key.AsSpan(1, underscore - 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? (key[1..underscore], key[(underscore + 1)..])
            : null;
    }

    // The address of a file opens it, so it stays with Jotform.
    private static string? FileNames(Payload value)
    {
        if (!value.IsList) return null;
        var files = value.Items().Select(item => item.IsText ? item.Text() : null).ToList();
        return files.Count > 0 && files.TrueForAll(file => file is not null && file.StartsWith("https://", StringComparison.Ordinal))
            ? string.Join(", ", files.OfType<string>().Select(file => Uri.UnescapeDataString(file.Split('?', '#')[0].Split('/')[^1])))
            : null;
    }
}
