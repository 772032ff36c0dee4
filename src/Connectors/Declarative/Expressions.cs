namespace IntegrationHub.Connectors.Declarative;

/// <summary>What stands at a path; the items of a list one by one.</summary>
internal sealed class PathExpression(BodyPath path) : Expression
{
    public override IReadOnlyList<Told> Of(Scope scope)
    {
        List<Told>? told = null;
        foreach (var node in path.Nodes(scope))
        {
            foreach (var value in node.IsList ? node.Items() : [node])
            {
                if (value.Scalar() is { } text) (told ??= []).Add(new Told(text, value));
            }
        }
        return told ?? Nothing;
    }

    public override string PlaceIn(Scope scope) => path.PlaceIn(scope);
}

/// <summary>A text of the declaration.</summary>
internal sealed class ConstantExpression(GivenText given) : Expression
{
    private readonly IReadOnlyList<Told> told = PayloadText.Clean(given.Text) is { } text ? [new Told(text, null, "a constant of the declaration")] : Nothing;

    public override IEnumerable<GivenText> Given => [given];

    public override IReadOnlyList<Told> Of(Scope scope) => told;

    public override string PlaceIn(Scope scope) => "a constant of the declaration";
}

/// <summary>Name or position of the current item.</summary>
internal sealed class KeyExpression : Expression
{
    public override IReadOnlyList<Told> Of(Scope scope) => PayloadText.Clean(scope.Key) is { } key ? [new Told(key, scope.Item)] : Nothing;

    public override string PlaceIn(Scope scope) => "@key";
}

/// <summary>All of them, in order.</summary>
internal sealed class AllExpression(IReadOnlyList<Expression> parts) : Expression
{
    public override IEnumerable<GivenText> Given => parts.SelectMany(part => part.Given);

    public override IReadOnlyList<Told> Of(Scope scope) => [.. parts.SelectMany(part => part.Of(scope))];

    public override string PlaceIn(Scope scope) => parts.Count == 0 ? "$" : parts[0].PlaceIn(scope);
}

/// <summary>The first that is known.</summary>
internal sealed class FirstExpression(IReadOnlyList<Expression> choices) : Expression
{
    public override IEnumerable<GivenText> Given => choices.SelectMany(choice => choice.Given);

    public override IReadOnlyList<Told> Of(Scope scope)
    {
        foreach (var choice in choices)
        {
            if (choice.Of(scope) is { Count: > 0 } told) return told;
        }
        return Nothing;
    }

    public override string PlaceIn(Scope scope) => choices.Count == 0 ? "$" : choices[0].PlaceIn(scope);
}

/// <summary>Texts and values in a row; unknown when any of the values is.</summary>
internal sealed class TemplateExpression(IReadOnlyList<Expression> parts) : Expression
{
    public override IReadOnlyList<Told> Of(Scope scope)
    {
        var texts = new string[parts.Count];
        Told? first = null;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is LiteralExpression literal) texts[i] = literal.Text;
            else if (parts[i].One(scope) is { } told) (texts[i], first) = (told.Text, first ?? told);
            else return Nothing;
        }
        return PayloadText.Clean(string.Concat(texts)) is { } text ? [new Told(text, first?.At, first?.Place)] : Nothing;
    }

    public override string PlaceIn(Scope scope) =>
        (parts.FirstOrDefault(part => part is not LiteralExpression && part.Of(scope).Count == 0) ?? parts.FirstOrDefault(part => part is not LiteralExpression))?.PlaceIn(scope) ?? "$";
}

/// <summary>What stands between the values of a template, blanks included.</summary>
internal sealed class LiteralExpression(string text) : Expression
{
    public string Text { get; } = text;

    public override IReadOnlyList<Told> Of(Scope scope) => [new Told(Text, null)];

    public override string PlaceIn(Scope scope) => "$";
}

/// <summary>A setting of the connection.</summary>
internal sealed class SettingExpression(string name) : Expression
{
    public override IReadOnlyList<Told> Of(Scope scope) => [.. scope.Settings.Texts(name).Select(text => new Told(text, null, PlaceIn(scope)))];

    public override string PlaceIn(Scope scope) => $"setting {name}";
}

/// <summary>A header of the request.</summary>
internal sealed class HeaderExpression(string name) : Expression
{
    public override IReadOnlyList<Told> Of(Scope scope) =>
        PayloadText.Clean(scope.Headers.GetValueOrDefault(name)) is { } text ? [new Told(text, null, PlaceIn(scope))] : Nothing;

    public override string PlaceIn(Scope scope) => $"header {name}";
}

/// <summary>A value that the declaration names.</summary>
internal sealed class ValueExpression(int index, Expression value) : Expression
{
    public override IEnumerable<GivenText> Given => value.Given;

    public override IReadOnlyList<Told> Of(Scope scope) => scope.Value(index);

    public override string PlaceIn(Scope scope) => value.PlaceIn(scope);
}

/// <summary>A member by one of its names, however they are written: case, blanks, dashes and underscores don't matter. Objects are passed over.</summary>
internal sealed class NamedExpression(IReadOnlyList<string> names, IReadOnlyList<BodyPath> holders) : Expression
{
    private readonly IReadOnlyList<string> wanted = [.. names.Select(Plain)];

    public override IReadOnlyList<Told> Of(Scope scope)
    {
        foreach (var name in wanted)
        {
            foreach (var value in holders.SelectMany(holder => scope.Members(holder)[name]))
            {
                List<Told> told = [.. (value.IsList ? value.Items() : [value]).Where(item => item is { IsObject: false, IsList: false }).Select(Tell).OfType<Told>()];
                if (told.Count > 0) return told;
            }
        }
        return Nothing;
    }

    public override string PlaceIn(Scope scope) => $"{holders[0].PlaceIn(scope)}.{names[0]}";

    /// <summary>A name as it is compared.</summary>
    public static string Plain(string name) => string.Create(name.Count(char.IsLetterOrDigit), name, static (plain, written) =>
    {
        var length = 0;
        foreach (var letter in written.Where(char.IsLetterOrDigit)) plain[length++] = char.ToLowerInvariant(letter);
    });

    private static Told? Tell(Payload value) => value.Scalar() is { } text ? new Told(text, value) : null;
}

/// <summary>Must be known.</summary>
internal sealed class NeededExpression(Expression inner) : Expression
{
    public override IEnumerable<GivenText> Given => inner.Given;

    public override IReadOnlyList<Told> Of(Scope scope) => inner.Of(scope) is { Count: > 0 } told ? told : throw new PayloadException(PlaceIn(scope), "is missing");

    public override string PlaceIn(Scope scope) => inner.PlaceIn(scope);
}

/// <summary>What a step makes of it.</summary>
internal sealed class SteppedExpression(Expression inner, Step step) : Expression
{
    public override IEnumerable<GivenText> Given => step.Given;

    public override IReadOnlyList<Told> Of(Scope scope) => inner.Of(scope) is { Count: > 0 } told ? [.. step.Apply(told, scope)] : Nothing;

    public override string PlaceIn(Scope scope) => inner.PlaceIn(scope);
}
