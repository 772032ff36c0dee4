using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Contracts.Tests;

/// <summary>What contracts look like on the wire: a line for every member, <c>OrderPlaced.orderId: text, required</c>, and for every name of an enum.</summary>
internal sealed class Shape
{
    private const string NameOfEnum = "a name";

    private readonly SortedDictionary<string, string> members = new(StringComparer.Ordinal);

    private Shape() { }

    public IEnumerable<string> Lines => members.Select(member => $"{member.Key}: {member.Value}");

    /// <summary>The shape of the types and of all that they hold, from what the serializer knows of them.</summary>
    public static Shape Of(JsonSerializerOptions options, IEnumerable<Type> types)
    {
        var shape = new Shape();
        Queue<Type> open = new(types);
        HashSet<Type> done = [];
        while (open.TryDequeue(out var type))
        {
            if (!done.Add(type)) continue;
            if (type.IsEnum) shape.AddEnum(type, options.GetTypeInfo(type));
            else shape.AddObject(options.GetTypeInfo(type), open);
        }
        return shape;
    }

    public static Shape Parse(IEnumerable<string> lines)
    {
        var shape = new Shape();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            shape.members.Add(line[..colon], line[(colon + 2)..]);
        }
        return shape;
    }

    /// <summary>The members of one type.</summary>
    public IEnumerable<string> MembersOf(string type) =>
        members.Keys.Where(member => member.StartsWith(type + ".", StringComparison.Ordinal)).Select(member => member[(type.Length + 1)..]);

    /// <summary>What became of this shape in a later one, a line each; none when nothing did.</summary>
    public IReadOnlyList<string> ChangesIn(Shape later)
    {
        List<string> changes = [];
        foreach (var member in members.Keys.Union(later.members.Keys).Order(StringComparer.Ordinal))
        {
            var before = members.GetValueOrDefault(member);
            var after = later.members.GetValueOrDefault(member);
            if (before == after) continue;
            if (after is null) changes.Add($"{member} was removed or renamed; it was {before}");
            else if (before is null) changes.Add(IsRequired(after) ? $"{member} was added as {after}: older messages lack it" : $"{member} was added as {after}");
            else if (IsRequired(after) && !IsRequired(before)) changes.Add($"{member} became required: it was {before} and is {after}");
            else changes.Add($"{member} was {before} and is {after}");
        }
        return changes;
    }

    private static bool IsRequired(string shape) => shape.EndsWith(", required", StringComparison.Ordinal);

    private void AddEnum(Type type, JsonTypeInfo info)
    {
        foreach (var value in Enum.GetValues(type)) members.Add($"{type.Name}.{JsonSerializer.Serialize(value, info).Trim('"')}", NameOfEnum);
    }

    private void AddObject(JsonTypeInfo info, Queue<Type> open)
    {
        if (info.Kind is not JsonTypeInfoKind.Object) throw new InvalidOperationException($"{info.Type} is no object in JSON.");
        foreach (var property in info.Properties)
        {
            var isNullable = property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;
            members.Add($"{info.Type.Name}.{property.Name}",
                NameOf(property.PropertyType, info.Options, open) + (isNullable ? " or null" : "") + (property.IsRequired ? ", required" : ""));
        }
    }

    private static string NameOf(Type type, JsonSerializerOptions options, Queue<Type> open)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(decimal)) return "number";
        if (type == typeof(long)) return "whole number";
        if (type == typeof(Guid)) return "uuid";
        if (type == typeof(DateTimeOffset)) return "time";
        if (type == typeof(DateOnly)) return "date";
        var info = options.GetTypeInfo(type);
        if (info.Kind is JsonTypeInfoKind.Enumerable) return $"list of {NameOf(ElementOf(info), options, open)}";
        if (info.Kind is JsonTypeInfoKind.Dictionary) return $"map of {NameOf(ElementOf(info), options, open)}";
        if (!type.IsEnum && info.Kind is not JsonTypeInfoKind.Object) throw new InvalidOperationException($"{type} has no name on the wire yet; give it one here.");
        open.Enqueue(type);
        return type.Name;
    }

    private static Type ElementOf(JsonTypeInfo info) => info.ElementType ?? throw new InvalidOperationException($"{info.Type} has no elements.");
}
