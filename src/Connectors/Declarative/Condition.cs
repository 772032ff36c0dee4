namespace IntegrationHub.Connectors.Declarative;

/// <summary>Whether something holds of a delivery.</summary>
internal abstract class Condition
{
    public abstract bool Holds(Scope scope);
}

/// <summary>It is known.</summary>
internal sealed class KnownCondition(Expression expression) : Condition
{
    public override bool Holds(Scope scope) => expression.Of(scope).Count > 0;
}

/// <summary>One of its texts is among others; case does not matter.</summary>
internal sealed class AmongCondition(Expression expression, Expression others) : Condition
{
    public override bool Holds(Scope scope)
    {
        var told = expression.Of(scope);
        return told.Count > 0 && others.Of(scope) is var among && told.Any(one => among.Any(other => string.Equals(one.Text, other.Text, StringComparison.OrdinalIgnoreCase)));
    }
}

internal sealed class NotCondition(Condition inner) : Condition
{
    public override bool Holds(Scope scope) => !inner.Holds(scope);
}

internal sealed class AllCondition(IReadOnlyList<Condition> parts) : Condition
{
    public override bool Holds(Scope scope) => parts.All(part => part.Holds(scope));
}

internal sealed class AnyCondition(IReadOnlyList<Condition> parts) : Condition
{
    public override bool Holds(Scope scope) => parts.Any(part => part.Holds(scope));
}
