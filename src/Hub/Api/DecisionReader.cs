using System.Text.Json;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Api;

/// <summary>Reads a decision that someone posts. People name contacts; a decision is about identifiers, so that it outlives the contact's id.</summary>
internal sealed class DecisionReader(IDatabase database, IdentityRules rules)
{
    /// <returns>The decision, or the problem with it.</returns>
    public (Decision? Decision, string? Problem) Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return (null, "A decision is an object with a type.");
        return Text(body, "type") switch
        {
            "must_link" => ReadLink(body, (one, other) => new MustLink(one, other)),
            "cannot_link" => ReadLink(body, (one, other) => new CannotLink(one, other)),
            "block_value" => ReadBlock(body),
            "pin_field" => ReadPin(body),
            _ => (null, "type must be one of must_link, cannot_link, block_value, pin_field."),
        };
    }

    /// <summary>A member as text; null when it is absent, blank or no text.</summary>
    public static string? Text(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && Text(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    // Bytes that are not UTF-8, and half of a surrogate pair, are no text; that shows only when it is read.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private (Decision? Decision, string? Problem) ReadLink(JsonElement body, Func<string, string, Decision> make)
    {
        List<string> nodes = [];
        foreach (var member in new[] { "identifiers", "contacts" })
        {
            if (!body.TryGetProperty(member, out var list) || list.ValueKind is not JsonValueKind.Array) continue;
            foreach (var item in list.EnumerateArray())
            {
                var (node, problem) = member == "contacts" ? OfContact(Text(item) ?? "") : OfIdentifier(Text(item) ?? "");
                if (node is null) return (null, problem);
                nodes.Add(node);
            }
        }
        return nodes.Count == 2 && nodes[0] != nodes[1]
            ? (make(nodes[0], nodes[1]), null)
            : (null, "Name two different ones: \"identifiers\": [\"email:a@example.com\", \"customer:shop:7\"], or \"contacts\": [id, id].");
    }

    private (string? Node, string? Problem) ReadNode(JsonElement body)
    {
        if (Text(body, "identifier") is { } identifier) return OfIdentifier(identifier);
        if (Text(body, "contact") is { } contact) return OfContact(contact);
        return Text(body, "kind") is { } kind && Text(body, "value") is { } value
            ? OfIdentifier(Text(body, "connection") is { } connection ? $"{kind}:{connection}:{value}" : $"{kind}:{value}")
            : (null, "Name the value: \"identifier\": \"email:info@example.com\".");
    }

    private (Decision? Decision, string? Problem) ReadBlock(JsonElement body)
    {
        var (node, problem) = ReadNode(body);
        return node is null ? (null, problem) : (new BlockValue(node), null);
    }

    private (Decision? Decision, string? Problem) ReadPin(JsonElement body)
    {
        var (node, problem) = ReadNode(body);
        if (node is null) return (null, problem);
        if (Text(body, "field") is not { } field || !PersonFields.IsField(field)) return (null, $"field must be one of {string.Join(", ", PersonFields.Names)}, or custom.<name>.");
        return Text(body, "value") is { } value ? (new PinField(node, field, value), null) : (null, "value must be a text.");
    }

    private (string? Node, string? Problem) OfIdentifier(string text)
    {
        var (node, problem) = IdentifierText.Read(text, rules);
        return node is null ? (null, problem ?? $"'{text}' names nobody: it is no identifier of its kind, or one that is blocked.") : (node.Name, null);
    }

    private (string? Node, string? Problem) OfContact(string text)
    {
        var contact = Guid.TryParse(text, out var id) ? database.Read(session => session.ContactById(id)) : null;
        if (contact is null) return (null, $"There is no contact '{text}'.");
        var strongest = contact.Row.State.Identifiers.Keys.OrderBy(name => IdentityNode.Parse(name).Kind).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
        return strongest is null ? (null, $"The contact '{text}' has no identifier that a decision could name.") : (strongest, null);
    }
}
