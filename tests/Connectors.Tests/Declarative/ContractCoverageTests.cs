using System.Reflection;
using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Declarative;

/// <summary>Every contract event can be declared with every member that it has.</summary>
public sealed class ContractCoverageTests
{
    public static TheoryData<string> Kinds => [.. ContractKinds.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_member_can_be_said(string kind)
    {
        var type = ContractKinds.All[kind];
        var body = Members(type);
        (body["event"], body["key"]) = (kind, "it/{$.text}");
        var declaration = new JObject
        {
            ["name"] = "Acme", ["category"] = "forms", ["verify"] = JObject.Parse("""{"hmac": {"header": "X-Acme"}}"""), ["topic"] = "it", ["topics"] = new JObject { ["it"] = body },
        };
        var source = Declared.Source(declaration.ToString());
        var delivery = Declared.Delivery("""{"text": "a text", "number": 12, "time": "2026-11-20T18:00:00Z", "day": "1990-02-01", "currency": "EUR", "list": [{"a": 1}]}""");
        var told = Assert.IsType<Normalization.Events>(Normalization.Run(source, delivery)).Facts.Single().Event;
        foreach (var property in Writable(type)) Assert.True(property.GetValue(told) is { } value && value is not System.Collections.ICollection { Count: 0 }, $"{kind}.{property.Name} is not told.");
    }

    private static JObject Members(Type type) => new(Writable(type).Select(property => new JProperty(char.ToLowerInvariant(property.Name[0]) + property.Name[1..], Said(property.PropertyType))));

    private static IEnumerable<PropertyInfo> Writable(Type type) => type.GetProperties().Where(property =>
        property.SetMethod is not null && property.Name is not ("EventId" or "Connection" or "Connector" or "ReceivedAt" or "OccurredAt" or "TimeBasis"));

    private static JToken Said(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return char.ToLowerInvariant(Enum.GetNames(type)[^1][0]) + Enum.GetNames(type)[^1][1..];
        if (type == typeof(string)) return "$.text";
        if (type == typeof(decimal)) return "$.number";
        if (type == typeof(DateTimeOffset)) return "$.time";
        if (type == typeof(DateOnly)) return "$.day";
        if (type == typeof(Money)) return JObject.Parse("""{"minorUnits": "$.number", "currency": "$.currency"}""");
        if (type == typeof(IReadOnlyList<string>)) return "$.text";
        if (type == typeof(IReadOnlyList<Identifier>)) return JObject.Parse("""{"email": "$.text"}""");
        if (type == typeof(IReadOnlyDictionary<string, string>)) return JObject.Parse("""{"plan": "$.text"}""");
        if (!type.IsGenericType) return Members(type);
        var item = Members(type.GetGenericArguments()[0]);
        item["each"] = "$.list";
        return item;
    }
}
