using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads expressions. A text that begins with <c>$</c> or <c>@</c> is a path or a named value, one that holds <c>{$…}</c> a template, any other a constant.</summary>
internal sealed partial class ExpressionReader(DeclarationErrors errors, IReadOnlyList<DeclaredSetting> settings)
{
    /// <summary>What an object can take its texts from.</summary>
    public static readonly IReadOnlyList<string> Sources = ["from", "firstOf", "constant", "setting", "header", "named"];

    private static readonly string[] SecretHeaders = ["Authorization", "Cookie", "Proxy-Authorization"];

    private readonly List<(string Name, Expression? Value)> values = [];
    private readonly SortedSet<string> headers = new(StringComparer.OrdinalIgnoreCase);
    private bool insideItem;

    public DeclarationErrors Errors => errors;

    /// <summary>Headers that expressions read.</summary>
    public IReadOnlyCollection<string> Headers => headers;

    /// <summary>Headers that hold a secret and are never kept.</summary>
    public IReadOnlyCollection<string> Forbidden { get; init; } = [];

    /// <summary>The named values in their order.</summary>
    public IReadOnlyList<Expression> Values => [.. values.Select(value => value.Value).OfType<Expression>()];

    /// <summary>Reads named values; each can use those above it.</summary>
    public void Name(JObject named)
    {
        foreach (var member in named.Properties())
        {
            if (!ValueName().IsMatch(member.Name)) errors.Add(member, "is not a name for a value; take letters and digits, a letter first");
            values.Add((member.Name, Read(member.Value)));
        }
    }

    /// <summary>Reads what lies inside of <c>each</c> or <c>forEach</c>, where <c>@</c> has a meaning.</summary>
    public T Inside<T>(Func<T> read)
    {
        var before = insideItem;
        insideItem = true;
        var result = read();
        insideItem = before;
        return result;
    }

    /// <summary>The expression, or null when it is wrong.</summary>
    public Expression? Read(JToken token) => token switch
    {
        JValue { Value: string text } => OfText(text, token),
        JValue { Type: JTokenType.Integer or JTokenType.Float } number => new ConstantExpression(new GivenText(number.ToString(CultureInfo.InvariantCulture), token)),
        JValue { Type: JTokenType.Boolean } flag => new ConstantExpression(new GivenText((bool)flag ? "true" : "false", token)),
        JArray list => All(list) is { } parts ? new AllExpression(parts) : null,
        JObject body => OfObject(body),
        _ => Wrong(token, $"is not an expression; write a path, a text, or an object with one of {string.Join(", ", Sources)}"),
    };

    public BodyPath? Path(JToken token)
    {
        if (errors.Text(token) is not { } text) return null;
        if (!BodyPath.IsPath(text))
        {
            errors.Add(token, "is not a path; write one such as $.lead or $['data.json']");
            return null;
        }
        return Path(text, token);
    }

    /// <summary>A setting of one of these types, by its name.</summary>
    public string? Setting(JToken token, params IReadOnlyList<Type> types)
    {
        if (errors.Text(token) is not { } name) return null;
        var fitting = settings.Where(setting => types.Contains(setting.Setting.Type)).Select(setting => setting.Setting.Name).ToList();
        if (fitting.Contains(name, StringComparer.Ordinal)) return name;
        errors.Add(token, fitting.Count == 0 ? "is not a setting of this kind; the declaration has none" : $"is not a setting of this kind{SettingsBinder.Suggestion(name, fitting)}");
        return null;
    }

    private Expression? OfText(string text, JToken token)
    {
        if (text is "@key") return insideItem ? new KeyExpression() : Wrong(token, NoItem);
        if (BodyPath.IsPath(text)) return Path(text, token) is { } path ? new PathExpression(path) : null;
        if (text.StartsWith('$')) return Named(text, token);
        if (text.StartsWith('@')) return Wrong(token, """is neither a path (@.…) nor @key; a text that begins with @ is written {"constant": "@…"}""");
        return text.Contains("{$", StringComparison.Ordinal) || text.Contains("{@", StringComparison.Ordinal) ? Template(text, token) : new ConstantExpression(new GivenText(text, token));
    }

    private BodyPath? Path(string text, JToken token)
    {
        if (BodyPath.Parse(text, out var problem) is not { } path) errors.Add(token, problem);
        else if (path.IsOfItem && !insideItem) errors.Add(token, NoItem);
        else return path;
        return null;
    }

    private Expression? Named(string text, JToken token)
    {
        var index = values.FindIndex(value => value.Name == text[1..]);
        // What is wrong with the value itself has been said where it is named.
        if (index >= 0) return values[index].Value is { } value ? new ValueExpression(index, value) : null;
        var known = SettingsBinder.Suggestion(text, values.Select(value => "$" + value.Name));
        return Wrong(token, $$"""is neither a path ($.…) nor a value that is named above{{known}}; a text that begins with $ is written {"constant": "$…"}""");
    }

    private TemplateExpression? Template(string text, JToken token)
    {
        List<Expression?> parts = [];
        var position = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            if (match.Index > position) parts.Add(new LiteralExpression(text[position..match.Index]));
            parts.Add(OfText(match.Groups["what"].Value, token));
            position = match.Index + match.Length;
        }
        if (position < text.Length) parts.Add(new LiteralExpression(text[position..]));
        return parts.Contains(null) ? null : new TemplateExpression([.. parts.OfType<Expression>()]);
    }

    private Expression? OfObject(JObject body)
    {
        errors.RequireKnown(body, [.. Sources, "in", "steps"]);
        if (errors.One(body, Sources, "an expression") is not { } source) return null;
        if (source.Name != "named" && body["in"] is { } unused) errors.Add(unused, "has no meaning here; it belongs to named");
        var expression = Source(source, body);
        var steps = new StepReader(this);
        return body["steps"] switch
        {
            null => expression,
            JArray list => list.Aggregate(expression, steps.Add),
            { } other => Wrong(other, "is not a list of steps"),
        };
    }

    private Expression? Source(JProperty source, JObject body) => source.Name switch
    {
        "from" => Read(source.Value),
        "firstOf" => source.Value is JArray { Count: > 0 } list ? All(list) is { } choices ? new FirstExpression(choices) : null : Wrong(source.Value, "is not a list of expressions"),
        "constant" => source.Value is JValue { Type: JTokenType.String or JTokenType.Integer or JTokenType.Float or JTokenType.Boolean } value
            ? new ConstantExpression(new GivenText(value.Type is JTokenType.Boolean ? (bool)value ? "true" : "false" : value.ToString(CultureInfo.InvariantCulture), value))
            : Wrong(source.Value, "is not a text, a number, true or false"),
        "setting" => Setting(source.Value, typeof(string), typeof(IReadOnlyList<string>), typeof(IReadOnlyDictionary<string, string>)) is { } name ? new SettingExpression(name) : null,
        "header" => Header(source.Value),
        _ => Member(source.Value, body["in"]),
    };

    private HeaderExpression? Header(JToken token)
    {
        if (errors.Text(token) is not { } name) return null;
        if (SecretHeaders.Concat(Forbidden).Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(token, "holds a secret; headers that are read are kept with the delivery");
            return null;
        }
        headers.Add(name);
        return new HeaderExpression(name);
    }

    private NamedExpression? Member(JToken names, JToken? holders)
    {
        var wanted = errors.Texts(names);
        foreach (var (_, at) in wanted.Where(name => NamedExpression.Plain(name.Text).Length == 0)) errors.Add(at, "holds no letter and no digit");
        List<BodyPath?> paths = holders is null ? [BodyPath.Parse(insideItem ? "@" : "$", out _)] : [.. errors.Texts(holders).Select(holder => Path(holder.At))];
        return paths.Contains(null) || paths.Count == 0 || wanted.Count == 0 ? null : new NamedExpression([.. wanted.Select(name => name.Text)], [.. paths.OfType<BodyPath>()]);
    }

    private IReadOnlyList<Expression>? All(JArray list)
    {
        var parts = list.Select(Read).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Expression>()];
    }

    private Expression? Wrong(JToken token, string problem)
    {
        errors.Add(token, problem);
        return null;
    }

    private const string NoItem = "begins with @, which stands for an item of each or forEach; there is none here";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValueName();

    [GeneratedRegex(@"\{(?<what>[$@][^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
