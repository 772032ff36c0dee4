using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Works texts out of a delivery: none where it is unknown, one, or several. Nothing is ever blank.</summary>
internal abstract class Expression
{
    protected static readonly IReadOnlyList<Told> Nothing = [];

    /// <exception cref="PayloadException">Something there is of the wrong kind.</exception>
    public abstract IReadOnlyList<Told> Of(Scope scope);

    /// <summary>Where it looks, for an error that nothing is there.</summary>
    public abstract string PlaceIn(Scope scope);

    /// <summary>Texts that the declaration itself gives and that come out unchanged: they can be checked before any delivery comes.</summary>
    public virtual IEnumerable<GivenText> Given => [];

    /// <summary>The one text, or null when it is unknown.</summary>
    /// <exception cref="PayloadException">There are several.</exception>
    public Told? One(Scope scope) => Of(scope) switch
    {
        [] => null,
        [var one] => one,
        var several => throw new PayloadException(several[0].Path, $"is one of {several.Count} values where one is expected; the declaration has to take or to join them"),
    };

    /// <summary>The one text, which must be there.</summary>
    public Told Needed(Scope scope) => One(scope) ?? throw new PayloadException(PlaceIn(scope), "is missing");
}

/// <summary>A text in the declaration.</summary>
internal readonly record struct GivenText(string Text, JToken At);
