using System.Reflection;
using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads what a declaration says about the members of a contract; names and kinds are checked against the contract itself.</summary>
internal sealed class ShapeReader(ExpressionReader expressions)
{
    private static readonly string[] OfEach = ["each", "except", "when"];

    private readonly ConditionReader conditions = new(expressions);

    private DeclarationErrors Errors => expressions.Errors;

    /// <summary>A record; members that it lacks are the shared ones.</summary>
    /// <param name="type">A record of the contracts.</param>
    /// <param name="body">Its members, others aside.</param>
    /// <param name="shared">Members that count where the body has none.</param>
    /// <param name="others">Names in the body that are no members.</param>
    public RecordShape Record(Type type, JObject body, IReadOnlyDictionary<string, Shape>? shared = null, params IReadOnlyList<string> others)
    {
        var properties = ContractMembers.Of(type);
        Errors.RequireKnown(body, [.. properties.Select(ContractMembers.NameOf), .. others]);
        List<RecordMember> members = [];
        foreach (var property in properties)
        {
            var name = ContractMembers.NameOf(property);
            var required = ContractMembers.IsRequired(property);
            if (body[name] is { } token)
            {
                if (Read(token, property) is { } shape) members.Add(new RecordMember(property, required, shape));
            }
            else if (shared?.GetValueOrDefault(name) is { } usual) members.Add(new RecordMember(property, required, usual));
            else if (required) Errors.Missing(body, name, $": every {type.Name} has it");
        }
        return new RecordShape(type, members);
    }

    /// <summary>The items of <c>each</c> or <c>forEach</c>; null when they are wrong.</summary>
    public ItemSource? Items(JToken paths, JToken? except)
    {
        List<BodyPath?> read = [.. Errors.Texts(paths).Select(path => expressions.Path(path.At))];
        var left = Errors.Texts(except).Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        return read.Count == 0 || read.Contains(null) ? null : new ItemSource([.. read.OfType<BodyPath>()], left);
    }

    /// <summary>The value of a member; null when it is wrong.</summary>
    public Shape? Read(JToken token, PropertyInfo member) => Read(token, ContractMembers.Plain(member.PropertyType));

    private Shape? Read(JToken token, Type type)
    {
        if (Conversion.To(type) is { } convert) return Single(token, type, convert);
        if (type == typeof(Money)) return Errors.Object(token) is { } money ? Amount(money) : null;
        if (type == typeof(IReadOnlyDictionary<string, string>)) return Map(token);
        if (ContractMembers.ItemOf(type) is { } item)
        {
            if (item == typeof(string)) return expressions.Read(token) is { } texts ? new TextsShape(texts) : null;
            return item == typeof(Identifier) ? Errors.Object(token) is { } kinds ? Identifiers(kinds) : null : Records(token, item);
        }
        return Errors.Object(token) is { } body ? Record(type, body) : null;
    }

    private SingleShape? Single(JToken token, Type type, Func<Told, object> convert) =>
        Checked(token, type, convert) is { } expression ? new SingleShape(expression, convert) : null;

    private Expression? Checked(JToken token, Type type, Func<Told, object> convert)
    {
        var expression = expressions.Read(token);
        foreach (var given in expression?.Given ?? [])
        {
            if (Conversion.Problem(given.Text, type, convert) is { } problem) Errors.Add(given.At, problem);
        }
        return expression;
    }

    private MoneyShape? Amount(JObject body)
    {
        Errors.RequireKnown(body, "amount", "minorUnits", "currency");
        var amount = Errors.One(body, ["amount", "minorUnits"], "an amount");
        var code = body["currency"];
        if (code is null) Errors.Missing(body, "currency");
        var (read, currency) = (amount is null ? null : expressions.Read(amount.Value), code is null ? null : Checked(code, typeof(string), Conversion.Currency));
        return read is null || currency is null ? null : new MoneyShape(read, currency, amount?.Name == "minorUnits");
    }

    private IdentifiersShape Identifiers(JObject body)
    {
        List<(IdentifierKind, Expression)> kinds = [];
        Errors.RequireKnown(body, [.. Conversion.Names(typeof(IdentifierKind))]);
        foreach (var kind in Enum.GetValues<IdentifierKind>())
        {
            if (body[DeclarationErrors.Camel(kind.ToString())] is { } token && expressions.Read(token) is { } value) kinds.Add((kind, value));
        }
        return new IdentifiersShape(kinds);
    }

    private RecordsShape Records(JToken token, Type type)
    {
        List<RecordsPart> parts = [];
        foreach (var body in Parts(token))
        {
            if (body["each"] is not { } each) parts.Add(new RecordsPart(null, null, Record(type, body)));
            else if (Items(each, body["except"]) is { } items)
                parts.Add(expressions.Inside(() => new RecordsPart(items, When(body), Record(type, body, null, OfEach))));
        }
        return new RecordsShape(type, parts);
    }

    private TextMapShape Map(JToken token)
    {
        List<TextMapPart> parts = [];
        foreach (var body in Parts(token))
        {
            if (body["each"] is { } each)
            {
                Errors.RequireKnown(body, [.. OfEach, "name", "value"]);
                if (Items(each, body["except"]) is { } items && expressions.Inside(() => Entry(items, body)) is { } part) parts.Add(part);
            }
            else
            {
                foreach (var member in body.Properties())
                {
                    if (expressions.Read(member.Value) is { } value) parts.Add(new TextMapPart(null, null, new ConstantExpression(new GivenText(member.Name, member)), value));
                }
            }
        }
        return new TextMapShape(parts);
    }

    private TextMapPart? Entry(ItemSource items, JObject body)
    {
        var (name, value) = (expressions.Read(body["name"] ?? "@key"), expressions.Read(body["value"] ?? "@"));
        return name is null || value is null ? null : new TextMapPart(items, When(body), name, value);
    }

    private Condition? When(JObject body) => body["when"] is { } when ? conditions.Read(when) : null;

    private List<JObject> Parts(JToken token) => [.. DeclarationErrors.Several(token).Select(Errors.Object).OfType<JObject>()];
}
