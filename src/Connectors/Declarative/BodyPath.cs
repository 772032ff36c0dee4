using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A place in the body (<c>$.lead.emails[0]</c>) or in the current item (<c>@.title</c>). Plain steps walk the payload; filters, wildcards and recursion are searched for.</summary>
internal sealed partial class BodyPath
{
    private static readonly JsonSelectSettings Search = new() { RegexMatchTimeout = TimeSpan.FromSeconds(1) };

    private readonly IReadOnlyList<Step>? steps;
    private readonly string query;

    private BodyPath(string text, IReadOnlyList<Step>? steps)
    {
        Text = text;
        this.steps = steps;
        query = "$" + text[1..];
    }

    public string Text { get; }

    public override bool Equals(object? obj) => obj is BodyPath other && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether it begins at the current item.</summary>
    public bool IsOfItem => Text[0] is '@';

    /// <summary>Whether it is made of names and positions alone, and so leads to one place at most.</summary>
    public bool IsPlain => steps is not null;

    /// <summary>Whether a text is written like a path: <c>$</c> or <c>@</c>, alone or with a dot or bracket after it.</summary>
    public static bool IsPath(string text) => text is ['$' or '@'] or ['$' or '@', '.' or '[', ..];

    /// <summary>Reads a path; null, with the problem, when it can't be followed.</summary>
    public static BodyPath? Parse(string text, out string problem)
    {
        problem = "";
        if (Plain().Match(text) is { Success: true } match)
            return new BodyPath(text, [.. match.Groups["step"].Captures.Select(step => Step.Of(step.Value))]);
        var path = new BodyPath(text, null);
        try
        {
            _ = new JObject().SelectTokens(path.query, Search).Count();
            return path;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            problem = $"is no path that can be followed ({exception.Message.TrimEnd('.')}); write names and positions such as $.lead.emails[0], or JSONPath";
            return null;
        }
    }

    /// <summary>What is there; nothing that is absent or null.</summary>
    public IEnumerable<Payload> Nodes(Scope scope)
    {
        if (steps is null) return Found(scope);
        var node = IsOfItem ? scope.Item : scope.Root;
        for (var i = 0; node is not null && i < steps.Count; i++) node = steps[i].From(node);
        return node is { Exists: true } ? [node] : [];
    }

    /// <summary>The place, for an error that nothing is there.</summary>
    public string PlaceIn(Scope scope) => (IsOfItem ? scope.Item : scope.Root) is { } start ? start.Path + Text[1..] : Text;

    private List<Payload> Found(Scope scope)
    {
        try
        {
            var tree = IsOfItem && scope.Item is { } item ? PayloadTree.Of(item) : scope.Tree;
            return [.. tree.SelectTokens(query, Search).Select(PayloadTree.Found).OfType<Payload>().Where(node => node.Exists)];
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or RegexMatchTimeoutException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new PayloadException(PlaceIn(scope), $"can't be searched for ({exception.GetType().Name})");
        }
    }

    // Names without quotes hold nothing that means something in JSONPath.
    [GeneratedRegex(@"^[$@](?<step>\.[^.\[\]()'""\s*?@,:$]+|\[\d{1,6}\]|\['[^'\\]+'\]|\[""[^""\\]+""\])*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();

    private sealed record Step(string? Name, int Position)
    {
        public static Step Of(string written) => written[0] is '.'
            ? new Step(written[1..], 0)
            : char.IsAsciiDigit(written[1]) ? new Step(null, int.Parse(written[1..^1], CultureInfo.InvariantCulture)) : new Step(written[2..^2], 0);

        public Payload? From(Payload node) => Name is not null ? node[Name] : node.IsList ? node.Items().ElementAtOrDefault(Position) : null;
    }
}
