using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Compares stored states: neither the order within a list nor the trailing zeros of a sum are part of what they say, for both tell how the state came about.</summary>
internal static class CanonicalJson
{
    public static bool AreEqual(byte[]? one, byte[]? other)
    {
        if (one is null || other is null) return one is null && other is null;
        return one.AsSpan().SequenceEqual(other) || (Canonical(one) is { } text && text == Canonical(other));
    }

    /// <summary>Null when it can't be read.</summary>
    private static string? Canonical(byte[] json)
    {
        try
        {
            return Sort(JsonNode.Parse(json))?.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<decimal>(out var number) => JsonValue.Create(number / 1.0000000000000000000000000000m),
        _ => node?.DeepClone(),
    };
}
