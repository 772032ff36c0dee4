using System.Reflection;
using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;
using static IntegrationHub.Connectors.Declarative.DeclarationSchema;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>The schema of what a declaration says about contracts, made from the contracts.</summary>
internal sealed class ContractSchema(Func<PropertyInfo, string?> describe)
{
    private static readonly Type[] Records = [typeof(Person), typeof(SourceReference), typeof(Attribution)];

    /// <summary>What all events can share.</summary>
    public static JObject Shared() => new()
    {
        ["occurredAt"] = Described("When it happened by the tool's clock. Where it is unknown, the arrival counts.", Refer("expression")),
        ["person"] = Refer(nameof(Person)),
        ["source"] = Refer(nameof(SourceReference)),
        ["attribution"] = Refer(nameof(Attribution)),
    };

    public IEnumerable<JProperty> Definitions()
    {
        var kinds = ContractKinds.All.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        yield return new JProperty("event", AnyOf(kinds.Select(kind => Refer(kind.Key))));
        foreach (var (name, type) in kinds) yield return new JProperty(name, Event(name, type));
        foreach (var type in Records) yield return new JProperty(type.Name, Record(type));
    }

    private JObject Event(string name, Type type)
    {
        var properties = new JObject
        {
            ["event"] = Enum([name]),
            ["key"] = Described("Names the fact, and not the delivery: leads/{$.id}/created. A state that can change again carries its time.", Refer("expression")),
            ["when"] = Described("When it is told; always when it is left out.", Refer("condition")),
            ["forEach"] = Described("The event is told for each item of this list, or member of this object; @ stands for it, @key for its name or position.", Refer("paths")),
            ["except"] = Described("Names of members that forEach leaves out.", OneOrMany(Text())),
        };
        foreach (var shared in Shared().Properties()) properties[shared.Name] = shared.Value;
        foreach (var member in ContractMembers.Of(type).Where(member => !properties.ContainsKey(ContractMembers.NameOf(member)))) properties[ContractMembers.NameOf(member)] = Member(member);
        return Closed(properties, ["event", "key", .. ContractMembers.Of(type).Where(member => ContractMembers.IsRequired(member) && !Shared().ContainsKey(ContractMembers.NameOf(member))).Select(ContractMembers.NameOf)]);
    }

    private JObject Record(Type type, JObject? further = null)
    {
        var properties = new JObject(ContractMembers.Of(type).Select(member => new JProperty(ContractMembers.NameOf(member), Member(member))));
        properties.Merge(further ?? []);
        return Closed(properties, [.. ContractMembers.Of(type).Where(ContractMembers.IsRequired).Select(ContractMembers.NameOf)]);
    }

    private JObject Member(PropertyInfo member)
    {
        var schema = OfType(ContractMembers.Plain(member.PropertyType));
        return describe(member) is { } description ? Described(description, schema) : schema;
    }

    private JObject OfType(Type type)
    {
        if (Conversion.To(type) is not null) return new JObject { ["allOf"] = new JArray(Refer("expression")) };
        if (type == typeof(Money)) return AnyOf(Amount("amount"), Amount("minorUnits"));
        if (type == typeof(IReadOnlyDictionary<string, string>)) return OneOrMany(AnyOf(Each(new JObject { ["name"] = Refer("expression"), ["value"] = Refer("expression") }), ByName(Refer("expression"))));
        if (ContractMembers.ItemOf(type) is not { } item) return new JObject { ["allOf"] = new JArray(Refer(type.Name)) };
        if (item == typeof(string)) return new JObject { ["allOf"] = new JArray(Refer("expression")) };
        if (item == typeof(Identifier)) return Closed(new JObject(Conversion.Names(typeof(IdentifierKind)).Select(kind => new JProperty(kind, Refer("expression")))));
        return OneOrMany(AnyOf(Record(item), Record(item, (JObject?)Each([])["properties"])));
    }

    private static JObject Amount(string name) => Closed(new JObject { [name] = Refer("expression"), ["currency"] = Refer("expression") }, name, "currency");

    private static JObject Each(JObject further)
    {
        var properties = new JObject
        {
            ["each"] = Described("One for each item of this list, or member of this object; @ stands for it, @key for its name or position.", Refer("paths")),
            ["except"] = OneOrMany(Text()),
            ["when"] = Refer("condition"),
        };
        properties.Merge(further);
        return Closed(properties, "each");
    }
}
