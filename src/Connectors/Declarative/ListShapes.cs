using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Records in a list: one for each item, and single ones. A record whose required members are unknown is left out.</summary>
internal sealed class RecordsShape(Type type, IReadOnlyList<RecordsPart> parts) : Shape
{
    public override object? Of(Scope scope)
    {
        var records = parts.SelectMany(part => part.Of(scope)).ToList();
        if (records.Count == 0) return null;
        var list = Array.CreateInstance(type, records.Count);
        for (var i = 0; i < records.Count; i++) list.SetValue(records[i], i);
        return list;
    }

    public override string PlaceIn(Scope scope) => "$";
}

/// <summary>A part of a list.</summary>
/// <param name="Items">What there is a record for; null for a single one.</param>
/// <param name="When">Which items count; null for all.</param>
/// <param name="Record">The record of an item.</param>
internal sealed record RecordsPart(ItemSource? Items, Condition? When, Shape Record)
{
    public IEnumerable<object> Of(Scope scope) =>
        (Items is null ? [scope] : Items.In(scope)).Where(item => When?.Holds(item) ?? true).Select(Record.Of).OfType<object>();
}

/// <summary>Identifiers by their kind, each once.</summary>
internal sealed class IdentifiersShape(IReadOnlyList<(IdentifierKind Kind, Expression Value)> kinds) : Shape
{
    public override object? Of(Scope scope)
    {
        Identifier[] identifiers = [.. kinds.SelectMany(kind => kind.Value.Of(scope).Select(told => new Identifier { Kind = kind.Kind, Value = told.Text })).Distinct()];
        return identifiers.Length == 0 ? null : identifiers;
    }

    public override string PlaceIn(Scope scope) => "$";
}

/// <summary>Texts by name. Several texts under one name are joined; of two with one name the first counts.</summary>
internal sealed class TextMapShape(IReadOnlyList<TextMapPart> parts) : Shape
{
    public override object? Of(Scope scope)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            foreach (var item in part.Items is null ? [scope] : part.Items.In(scope))
            {
                if (!(part.When?.Holds(item) ?? true) || part.Value.Of(item) is not { Count: > 0 } told) continue;
                if (part.Name.One(item) is { } name) map.TryAdd(name.Text, string.Join(", ", told.Select(one => one.Text)));
            }
        }
        return map.Count == 0 ? null : map;
    }

    public override string PlaceIn(Scope scope) => "$";
}

/// <summary>A part of a map: one entry, or one for each item.</summary>
internal sealed record TextMapPart(ItemSource? Items, Condition? When, Expression Name, Expression Value);

/// <summary>An amount with its currency; unknown when either is.</summary>
/// <param name="amount">In major units, or in minor ones.</param>
/// <param name="currency">ISO 4217.</param>
/// <param name="isMinor">Whether the amount is in cents and the like.</param>
internal sealed class MoneyShape(Expression amount, Expression currency, bool isMinor) : Shape
{
    public override object? Of(Scope scope)
    {
        if (amount.One(scope) is not { } told || currency.One(scope) is not { } code) return null;
        var iso = (string)Conversion.Currency(code);
        return isMinor
            ? Amounts.FromMinor(PayloadText.Integer(told.Text, told.Path), iso)
            : new Money { Amount = PayloadText.Decimal(told.Text, told.Path), Currency = iso };
    }

    public override string PlaceIn(Scope scope) => amount.PlaceIn(scope);
}
