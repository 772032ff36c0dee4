using System.Text.Json;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Says in a line what would become of the contacts of a difference. Contacts go by their ids, for nodes are personal data.</summary>
/// <param name="showValues">Whether values of fields are shown; otherwise only their names.</param>
internal sealed class DifferenceText(DbSession live, DbSession shadow, ContactJson json, bool showValues)
{
    private const int MaxIds = 5;

    public string Of(Difference difference) => difference.Kind switch
    {
        DifferenceKind.Changed => $"contact {Ids(difference)}: {string.Join("; ", WhatDiffers(difference))}",
        DifferenceKind.Joined => $"contacts {Ids(difference)} would become one",
        DifferenceKind.Split => $"contact {Ids(difference)} would come apart into {difference.Shadow.Count}",
        DifferenceKind.Regrouped => $"contacts {Ids(difference)} would be {difference.Shadow.Count} contacts, put together differently",
        DifferenceKind.New => difference.Shadow.Count == 1 ? "a contact would be new" : $"{difference.Shadow.Count} contacts would be new",
        DifferenceKind.Gone => $"contact {Ids(difference)} would be gone",
        _ => difference.Events.Count > 0 ? "an event that names nobody" : "what links nobody, or was refused",
    };

    private string Ids(Difference difference)
    {
        var ids = difference.Live.Select(live.ContactIdOf).Select(id => id?.ToString() ?? "(missing)").ToList();
        return ids.Count <= MaxIds ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(MaxIds))} and {ids.Count - MaxIds} more";
    }

    private IEnumerable<string> WhatDiffers(Difference difference)
    {
        var (now, then) = (ContactImage.Read(live, difference.Live[0]), ContactImage.Read(shadow, difference.Shadow[0]));
        var shown = Exported(live, difference.Live[0]) is { } one && Exported(shadow, difference.Shadow[0]) is { } other ? Compare(one, other).ToList() : ["its state can't be read"];
        if (shown.Count == 0 && !now.HasSameState(then)) shown.Add("claims that do not hold at present");
        if (!now.Nodes.SequenceEqual(then.Nodes, StringComparer.Ordinal)) shown.Add("what is tied to it");
        if (now.Events != then.Events) shown.Add("timeline");
        if (now.Search != then.Search) shown.Add("what a search finds it by");
        if (now.Group != then.Group || difference.Values.Count > 0) shown.Add("what is refused or shared");
        if (shown.Count == 0 && difference.Events.Count > 0) shown.Add("an event whose wording changes nothing else");
        return shown;
    }

    private JsonElement? Exported(DbSession session, long contact)
    {
        try
        {
            if (session.ContactByKey(contact) is not { } details) return null;
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, ContactJson.Options)) json.WriteCanonical(writer, details);
            return JsonElement.Parse(stream.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IEnumerable<string> Compare(JsonElement one, JsonElement other)
    {
        var fields = Members(one.GetProperty("fields"), other.GetProperty("fields")).ConvertAll(Field);
        if (fields.Count > 0) yield return $"fields {string.Join(", ", fields)}";
        foreach (var (name, _, _) in Members(one, other).Where(member => member.Name is not "fields")) yield return name;
    }

    private string Field((string Name, JsonElement? Now, JsonElement? Then) field) =>
        showValues ? $"{field.Name} ({Value(field.Now)} → {Value(field.Then)})" : field.Name;

    private static string Value(JsonElement? claim) => claim is { } told ? told.GetProperty("value").GetRawText() : "none";

    private static List<(string Name, JsonElement? Now, JsonElement? Then)> Members(JsonElement one, JsonElement other)
    {
        var names = one.EnumerateObject().Concat(other.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => (name, Member(one, name), Member(other, name))).Where(member => member.Item2?.GetRawText() != member.Item3?.GetRawText())];
    }

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? member : null;
}
