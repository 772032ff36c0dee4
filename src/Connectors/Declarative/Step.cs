namespace IntegrationHub.Connectors.Declarative;

/// <summary>One step of a pipeline.</summary>
internal sealed class Step(Func<IReadOnlyList<Told>, Scope, IEnumerable<Told>> apply)
{
    /// <summary>Texts that the declaration itself gives.</summary>
    public IEnumerable<GivenText> Given { get; private init; } = [];

    /// <summary>A step that makes none, one or several texts of each; blank ones are left out.</summary>
    public static Step OfEach(Func<Told, Scope, IEnumerable<string?>> change) => new((told, scope) => told.SelectMany(
        one => change(one, scope).Select(PayloadText.Clean).OfType<string>().Select(text => one with { Text = text })));

    /// <summary>A step that changes each text; null leaves it out.</summary>
    public static Step OfEach(Func<Told, Scope, string?> change) => OfEach((told, scope) => (IEnumerable<string?>)[change(told, scope)]);

    /// <summary>This step, whose outcomes the declaration gives.</summary>
    public Step Giving(IEnumerable<GivenText> given) => new(apply) { Given = [.. given] };

    public IEnumerable<Told> Apply(IReadOnlyList<Told> told, Scope scope) => apply(told, scope);
}
