using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads the steps of a pipeline: a name, or an object with the name, its argument and its options.</summary>
internal sealed class StepReader(ExpressionReader expressions)
{
    public const string Needed = "required";

    /// <summary>The steps there are, by name.</summary>
    public static IReadOnlyDictionary<string, StepKind> Kinds { get; } = new[]
    {
        new StepKind("trim", "Takes blanks off both ends, or the letters that are given.", "string") { CanStandAlone = true, Read = (reader, token, _) => reader.Trim(token) },
        new StepKind("lower", "Makes it lower case.", null) { Read = (_, _, _) => Step.OfEach((told, _) => told.Text.ToLowerInvariant()) },
        new StepKind("upper", "Makes it upper case.", null) { Read = (_, _, _) => Step.OfEach((told, _) => told.Text.ToUpperInvariant()) },
        new StepKind("split", "Splits it at a text; what comes out are several texts.", "string") { Read = (reader, token, _) => reader.Split(token) },
        new StepKind("take", "Takes one of several: 0 is the first, -1 the last.", "integer") { Read = (reader, token, _) => reader.Take(token) },
        new StepKind("join", "Joins several with a text between them.", "string") { Read = (reader, token, _) => reader.Join(token) },
        new StepKind("match", "Takes what a regular expression captures; nothing where it does not match.", "string") { Options = ["group"], Read = (reader, token, body) => reader.Match(token, body) },
        new StepKind("map", "Replaces it by what stands for it; what is not listed becomes the default, or is unknown.", "map") { Options = ["default"], Read = (reader, token, body) => reader.Map(token, body) },
        new StepKind("date", "Reads a time in one of these formats (.NET), or iso; without a zone in it, in this zone.", "texts") { Options = ["zone"], Read = (reader, token, body) => TimeSteps.Date(reader.Expressions, token, body) },
        new StepKind("calendarDate", "Reads a calendar date in one of these formats (.NET).", "texts") { Read = (reader, token, _) => TimeSteps.CalendarDate(reader.Expressions, token) },
        new StepKind("epochSeconds", "Reads a Unix time in seconds.", null) { Read = (_, _, _) => TimeSteps.Epoch(1) },
        new StepKind("epochMilliseconds", "Reads a Unix time in milliseconds.", null) { Read = (_, _, _) => TimeSteps.Epoch(1000) },
        new StepKind("withinHoursOfArrival", "Keeps a time that is so near to the arrival; for clocks of visitors, which can be wrong.", "integer") { Read = (reader, token, _) => TimeSteps.NearArrival(reader.Expressions, token) },
        new StepKind("decimal", "Reads a number with this decimal sign, a comma or a dot; marks of thousands are left out.", "string") { Read = (reader, token, _) => reader.Decimal(token) },
        new StepKind("sha256", "Takes half of its SHA-256, in hexadecimal: for ids made of personal data.", null) { Read = (_, _, _) => Step.OfEach((told, _) => TextSteps.Digest(told)) },
        new StepKind(Needed, "Sends the delivery to quarantine where it is unknown.", null) { Read = (_, _, _) => null },
    }.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    public ExpressionReader Expressions => expressions;

    private DeclarationErrors Errors => expressions.Errors;

    /// <summary>The expression with one more step; null when either is wrong.</summary>
    public Expression? Add(Expression? expression, JToken token)
    {
        var (name, argument, body) = token switch
        {
            JValue { Value: string text } => (text, null, null),
            JObject map when Main(map) is { } main => (main.Name, main.Value, map),
            JObject => ("", null, null),
            _ => (null, (JToken?)null, (JObject?)null),
        };
        if (name is null) Errors.Add(token, "is not a step; write its name, or an object");
        if (string.IsNullOrEmpty(name)) return null;
        if (!Kinds.TryGetValue(name, out var kind)) return Wrong(token, $"is not a step{SettingsBinder.Suggestion(name, Kinds.Keys)}");
        if (argument is null && kind is { Argument: not null, CanStandAlone: false }) return Wrong(token, $"needs an argument: {{\"{name}\": …}}");
        if (argument is not null && kind.Argument is null) return Wrong(token, $"takes no argument; write \"{name}\"");
        if (body is not null) Errors.RequireKnown(body, [name, .. kind.Options]);
        if (name == Needed) return expression is null ? null : new NeededExpression(expression);
        return kind.Read(this, argument ?? token, body) is { } step && expression is not null ? new SteppedExpression(expression, step) : null;
    }

    // An object without any known name is an error of its own, which names the nearest.
    private JProperty? Main(JObject map)
    {
        if (map.Properties().FirstOrDefault(member => Kinds.ContainsKey(member.Name)) is { } main) return main;
        if (map.Properties().FirstOrDefault() is { } first) Errors.Add(first, $"is not a step{SettingsBinder.Suggestion(first.Name, Kinds.Keys)}");
        else Errors.Add(map, "is not a step; write its name, or an object");
        return null;
    }

    private Step? Trim(JToken token)
    {
        if (token is JValue { Value: "trim", Parent: JArray }) return Step.OfEach((told, _) => told.Text.Trim());
        return Errors.Text(token) is { } letters ? Step.OfEach((told, _) => told.Text.Trim(letters.ToCharArray())) : null;
    }

    private Step? Split(JToken token)
    {
        if (Errors.AnyText(token) is not { } separator) return null;
        if (separator.Length > 0) return Step.OfEach((told, _) => (IEnumerable<string?>)told.Text.Split(separator));
        Errors.Add(token, "is empty");
        return null;
    }

    private Step? Take(JToken token) => Errors.Whole(token, -1000, 1000) is { } position
        ? new Step((told, _) => (position >= 0 ? position : told.Count + position) is var at && at >= 0 && at < told.Count ? [told[at]] : [])
        : null;

    private Step? Join(JToken token) => Errors.AnyText(token) is { } between
        ? new Step((told, _) => [told[0] with { Text = string.Join(between, told.Select(one => one.Text)) }])
        : null;

    private Step? Decimal(JToken token)
    {
        if (Errors.Text(token) is not { } sign) return null;
        if (sign is "," or ".") return Step.OfEach((told, _) => TextSteps.Decimal(told, sign[0]));
        Errors.Add(token, "is neither \",\" nor \".\"");
        return null;
    }

    private Step? Match(JToken token, JObject? body)
    {
        if (Errors.Text(token) is not { } pattern) return null;
        Regex regex;
        try
        {
            regex = TextSteps.Compile(pattern);
        }
        catch (ArgumentException exception)
        {
            Errors.Add(token, $"is not a regular expression: {exception.Message}");
            return null;
        }
        var groups = regex.GetGroupNumbers().Length - 1;
        var group = body?["group"] is { } given ? Errors.Whole(given, 0, groups) : Math.Min(groups, 1);
        return group is { } number ? Step.OfEach((told, _) => TextSteps.Capture(told, regex, number)) : null;
    }

    private Step? Map(JToken token, JObject? body)
    {
        var usual = body?["default"] is { } given ? Errors.AnyText(given) : null;
        var defaults = usual is not null && body?["default"] is { } at ? new[] { new GivenText(usual, at) } : [];
        if (token is not JObject map)
        {
            Errors.Add(token, """is not an object of texts; write {"a": "b"}, or {"setting": …} with a setting that is a map""");
            return null;
        }
        if (map["setting"] is { } setting && map.Count == 1)
        {
            return expressions.Setting(setting, typeof(IReadOnlyDictionary<string, string>)) is { } name
                ? Step.OfEach((told, scope) => scope.Settings.Mapped(name, told.Text) ?? usual).Giving(defaults)
                : null;
        }
        var entries = map.Properties().Select(member => (member.Name, Text: Errors.AnyText(member.Value), At: member.Value)).Where(entry => entry.Text is not null).ToList();
        var known = entries.ToDictionary(entry => entry.Name, entry => entry.Text, StringComparer.Ordinal);
        return Step.OfEach((told, _) => known.GetValueOrDefault(told.Text, usual)).Giving([.. entries.Select(entry => new GivenText(entry.Text ?? "", entry.At)), .. defaults]);
    }

    private Expression? Wrong(JToken token, string problem)
    {
        Errors.Add(token, problem);
        return null;
    }
}

/// <summary>A step that can be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Summary">What it does, for editors.</param>
/// <param name="Argument">Kind of its argument: string, integer, texts or map; null when it takes none.</param>
internal sealed record StepKind(string Name, string Summary, string? Argument)
{
    public bool CanStandAlone { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    public required Func<StepReader, JToken, JObject?, Step?> Read { get; init; }
}
