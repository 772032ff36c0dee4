using System.Reflection;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Fuzzing.Mutators;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>What must hold for whatever a connector makes of a delivery.</summary>
internal static class EventRules
{
    /// <summary>What the outcome reached, for <see cref="Outcome.Features"/>.</summary>
    public static IEnumerable<string> Features(Normalization outcome) => outcome switch
    {
        Normalization.Events events => [.. events.Facts.SelectMany(fact => Features(fact.Event)), .. events.ToFetch.Select(reference => $"fetch {reference.ObjectType}"), .. events.Unread.Select(unread => $"unread {Blank(unread.Path)} {Blank(unread.Problem)}")],
        Normalization.Ignored ignored => [$"ignored {Blank(ignored.Reason)}"],
        Normalization.NeedsHydration hydration => hydration.References.Select(reference => $"fetch {reference.ObjectType}"),
        Normalization.Invalid invalid => [$"invalid {Blank(invalid.Path)} {Blank(invalid.Problem)}"],
        _ => [],
    };

    /// <summary>The rule that an outcome breaks; null when it keeps all.</summary>
    public static Finding? Broken(Normalization outcome, WebhookDelivery delivery) => outcome switch
    {
        Normalization.Events { Facts.Count: 0 } => new Finding("tells no fact", outcome.ToString()),
        Normalization.Events events => Leak(events.Unread) ?? References(events.ToFetch) ?? events.Facts.Select(fact => fact.Key.Length == 0 ? new Finding("fact without a key", fact.ToString()) : null).Concat(delivery.Stamp(events.Facts).Select(Broken)).FirstOrDefault(finding => finding is not null),
        Normalization.Invalid invalid => Leak([invalid]),
        Normalization.NeedsHydration hydration => Leak(hydration.Unread) ?? References(hydration.References),
        Normalization.Ignored { Reason.Length: 0 } => new Finding("ignored without a reason", outcome.ToString()),
        _ => null,
    };

    /// <summary>Texts with digits and what is quoted left out, so that faults of one kind look alike.</summary>
    public static string Blank(string text)
    {
        var blank = new StringBuilder();
        var quoted = '\0';
        foreach (var letter in text.Take(200))
        {
            if (quoted != '\0')
            {
                if (letter == quoted) quoted = '\0';
                continue;
            }
            if (letter is '\'' or '"') quoted = letter;
            else if (!char.IsAsciiDigit(letter)) blank.Append(letter);
            else if (blank.Length == 0 || blank[^1] != '#') blank.Append('#');
        }
        return blank.ToString();
    }

    private static IEnumerable<string> Features(ContactEvent contactEvent)
    {
        var kind = contactEvent.GetType().Name;
        foreach (var property in contactEvent.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.GetValue(contactEvent) is { } value) yield return value is Enum or bool ? $"{kind}.{property.Name} {value}" : $"{kind}.{property.Name}";
        }
        foreach (var identifier in contactEvent.Person.Identifiers) yield return $"{kind} by {identifier.Kind}";
        yield return $"{kind} {contactEvent.TimeBasis}";
    }

    private static Finding? Broken(ContactEvent contactEvent)
    {
        var kind = contactEvent.GetType().Name;
        if (Times(contactEvent).Any(time => time.Offset != TimeSpan.Zero)) return new Finding($"{kind} with a time not in UTC", contactEvent.ToString());
        var written = ContractJson.Serialize(contactEvent);
        var text = Encoding.UTF8.GetString(written);
        if (Encoding.UTF8.GetString(ContractJson.Serialize(ContractJson.Deserialize(kind, written))) is var again && again != text) return new Finding($"{kind} reads back as another", $"{text}\n{again}");
        using var json = JsonDocument.Parse(written);
        return Texts(json.RootElement, kind).Select(found => BrokenText(found.Path, found.Text)).FirstOrDefault(finding => finding is not null);
    }

    private static Finding? BrokenText(string path, string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => new Finding($"{path} is blank", path),
        _ when text.Contains('\0', StringComparison.Ordinal) => new Finding($"{path} holds a NUL", path),
        _ => null,
    };

    // Names in maps are the sender's own; they are blanked, so that each place counts once.
    private static IEnumerable<(string Path, string Text)> Texts(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => [(path, element.GetString() ?? "")],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Texts(item, path + "[]")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value, path.EndsWith(".custom", StringComparison.Ordinal) ? path + ".*" : $"{path}.{member.Name}")),
        _ => [],
    };

    private static Finding? Leak(IEnumerable<Normalization.Invalid> invalids) =>
        invalids.Any(invalid => invalid.Problem.Contains(StrangeValues.Mark, StringComparison.Ordinal)) ? new Finding("a problem repeats a value", string.Join('\n', invalids)) : null;

    private static Finding? References(IReadOnlyList<ObjectReference> references) =>
        references.Any(reference => string.IsNullOrWhiteSpace(reference.ObjectType) || string.IsNullOrWhiteSpace(reference.ObjectId)) ? new Finding("hints at an object without type or id", string.Join('\n', references)) : null;

    private static IEnumerable<DateTimeOffset> Times(ContactEvent contactEvent) =>
        contactEvent.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.GetValue(contactEvent)).OfType<DateTimeOffset>();
}
