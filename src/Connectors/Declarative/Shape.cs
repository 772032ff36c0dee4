namespace IntegrationHub.Connectors.Declarative;

/// <summary>Works out the value of one member of a contract.</summary>
internal abstract class Shape
{
    /// <summary>The value; null when it is unknown.</summary>
    /// <exception cref="PayloadException">Something there is of the wrong kind.</exception>
    public abstract object? Of(Scope scope);

    /// <summary>The value, which must be known.</summary>
    /// <exception cref="PayloadException">It is not, or of the wrong kind.</exception>
    public virtual object Needed(Scope scope) => Of(scope) ?? throw new PayloadException(PlaceIn(scope), "is missing");

    public abstract string PlaceIn(Scope scope);
}

/// <summary>A value made of one text.</summary>
internal sealed class SingleShape(Expression expression, Func<Told, object> convert) : Shape
{
    public override object? Of(Scope scope) => expression.One(scope) is { } told ? convert(told) : null;

    public override string PlaceIn(Scope scope) => expression.PlaceIn(scope);
}

/// <summary>What several events share: worked out once for a body.</summary>
internal sealed class SharedShape(Shape inner) : Shape
{
    public override object? Of(Scope scope) => scope.Shared(inner, inner.Of);

    public override object Needed(Scope scope) => scope.Shared(this, inner.Needed) ?? base.Needed(scope);

    public override string PlaceIn(Scope scope) => inner.PlaceIn(scope);
}

/// <summary>Several texts.</summary>
internal sealed class TextsShape(Expression expression) : Shape
{
    public override object? Of(Scope scope) => expression.Of(scope) is { Count: > 0 } told ? told.Select(one => one.Text).Distinct(StringComparer.Ordinal).ToArray() : null;

    public override string PlaceIn(Scope scope) => expression.PlaceIn(scope);
}
