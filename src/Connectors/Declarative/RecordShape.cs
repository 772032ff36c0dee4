using System.Reflection;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A record of the contracts, member by member.</summary>
internal sealed class RecordShape(Type type, IReadOnlyList<RecordMember> members) : Shape
{
    /// <summary>The record; null when one of its required members is unknown, or all of them are.</summary>
    public override object? Of(Scope scope)
    {
        List<(PropertyInfo Property, object Value)> known = [];
        foreach (var member in members)
        {
            if (member.Shape.Of(scope) is { } value) known.Add((member.Property, value));
            else if (member.IsRequired) return null;
        }
        return known.Count == 0 ? null : Create(known);
    }

    /// <summary>The record, whose required members must be known.</summary>
    public override object Needed(Scope scope)
    {
        List<(PropertyInfo Property, object Value)> known = [];
        foreach (var member in members)
        {
            if ((member.IsRequired ? member.Shape.Needed(scope) : member.Shape.Of(scope)) is { } value) known.Add((member.Property, value));
        }
        return Create(known);
    }

    public override string PlaceIn(Scope scope) => "$";

    private object Create(List<(PropertyInfo Property, object Value)> known)
    {
        var record = Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} can't be created.");
        foreach (var (property, value) in known) property.SetValue(record, value);
        return record;
    }
}

/// <summary>A member of a record and how its value is worked out.</summary>
internal sealed record RecordMember(PropertyInfo Property, bool IsRequired, Shape Shape);
