namespace IntegrationHub.Connectors.Typeform;

/// <summary>One answered question.</summary>
internal sealed record TypeformAnswer
{
    /// <summary>The question's ref, which copies of the form keep; its id where it has none.</summary>
    public required string Key { get; init; }

    /// <summary>The question's id.</summary>
    public string? FieldId { get; init; }

    /// <summary>The question's type, for example <c>yes_no</c>.</summary>
    public string? FieldType { get; init; }

    /// <summary>The answer's type, for example <c>boolean</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The question, its recalls not filled in.</summary>
    public string? Question { get; init; }

    /// <summary>The part that it is of a contact or address question, for example <c>first_name</c>.</summary>
    public string? Subfield { get; init; }

    /// <summary>The answer as text.</summary>
    public required string Value { get; init; }

    /// <summary>True or false; null for other answers.</summary>
    public bool? Flag { get; init; }

    /// <summary>The payment; null for other answers.</summary>
    public TypeformPayment? Payment { get; init; }

    /// <summary>The answers of a response in the order given. Unknown kinds are kept when they are a single value, else passed over: Typeform adds kinds without notice.</summary>
    public static IEnumerable<TypeformAnswer> Read(Payload response, TypeformDefinition definition, string? currency)
    {
        foreach (var answer in response["answers"].Items())
        {
            if (answer["type"].Text() is not { } type) continue;
            var field = answer["field"];
            var fieldType = field["type"].Text();
            var payment = type is "payment" ? TypeformPayment.Read(answer["payment"], currency) : null;
            if ((payment is null ? Text(answer[type], type, fieldType) : payment.Text) is not { } value) continue;
            var key = field["ref"].Id() ?? field["id"].RequiredId();
            var question = definition.Question(key);
            yield return new TypeformAnswer
            {
                Key = key,
                FieldId = field["id"].Id(),
                FieldType = fieldType,
                Type = type,
                Question = question?.Title,
                Subfield = question?.Subfield,
                Value = value,
                Flag = type is "boolean" ? answer[type].Flag() : null,
                Payment = payment,
            };
        }
    }

    private static string? Text(Payload value, string type, string? fieldType) => type switch
    {
        "choice" => value["label"].Text() ?? value["other"].Text(),
        "choices" => Join(value["labels"].Items().Select(label => label.Text()).Append(value["other"].Text())),
        // The address of a file or booking opens it, so it stays with Typeform.
        "file_url" => value.Text() is { } url ? FileName(url) : null,
        "url" when fieldType is "calendly" => value.Text() is null ? null : "booked",
        _ => value.IsObject || value.IsList ? null : value.Scalar(),
    };

    private static string? Join(IEnumerable<string?> texts)
    {
        var joined = string.Join(", ", texts.OfType<string>());
        return joined.Length == 0 ? null : joined;
    }

    private static string FileName(string url)
    {
        var path = url.Split('?', '#')[0];
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]).Trim();
        return name.Length == 0 ? "uploaded" : name;
    }
}
