using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>What expressions can see: the body or one item of it, kept headers, the connection's settings, the arrival.</summary>
internal sealed class Scope
{
    private readonly Scope whole;
    private readonly IReadOnlyList<Expression> values;
    private readonly IReadOnlyList<Told>?[] told;
    private readonly Dictionary<Shape, object?> shared = [];
    private readonly Dictionary<BodyPath, ILookup<string, Payload>> members = [];
    private JToken? tree;

    public Scope(Payload root, WebhookDelivery delivery, DeclaredSettings settings, IReadOnlyList<Expression> values)
    {
        (Root, Headers, ReceivedAt, Settings) = (root, delivery.Headers, delivery.ReceivedAt, settings);
        this.values = values;
        told = new IReadOnlyList<Told>?[values.Count];
        whole = this;
    }

    private Scope(Scope whole, Payload item, string key)
    {
        (Root, Headers, ReceivedAt, Settings) = (whole.Root, whole.Headers, whole.ReceivedAt, whole.Settings);
        (Item, Key) = (item, key);
        (values, told) = (whole.values, whole.told);
        this.whole = whole;
    }

    /// <summary>What <c>$</c> stands for.</summary>
    public Payload Root { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public DateTimeOffset ReceivedAt { get; }

    public DeclaredSettings Settings { get; }

    /// <summary>What <c>@</c> stands for; null outside of <c>each</c> and <c>forEach</c>.</summary>
    public Payload? Item { get; }

    /// <summary>Name or position of the item.</summary>
    public string Key { get; } = "";

    /// <summary>The body as a tree that real JSONPath can search; made once.</summary>
    public JToken Tree => whole.tree ??= PayloadTree.Of(Root);

    /// <summary>What a named value says; worked out once.</summary>
    public IReadOnlyList<Told> Value(int index) => told[index] ??= values[index].Of(whole);

    /// <summary>What a shape that several events share says of the whole body; worked out once.</summary>
    public object? Shared(Shape shape, Func<Scope, object?> workOut)
    {
        if (whole.shared.TryGetValue(shape, out var known)) return known;
        return whole.shared[shape] = workOut(whole);
    }

    /// <summary>The members of the objects at a path by their plain names, in order; of the whole body gathered once.</summary>
    public ILookup<string, Payload> Members(BodyPath holder)
    {
        if (holder.IsOfItem) return Gather(holder);
        return whole.members.TryGetValue(holder, out var known) ? known : whole.members[holder] = Gather(holder);
    }

    private ILookup<string, Payload> Gather(BodyPath holder) =>
        holder.Nodes(this).Where(node => node.IsObject).SelectMany(node => node.Members()).ToLookup(member => NamedExpression.Plain(member.Name), member => member.Value, StringComparer.Ordinal);

    public Scope Of(Payload item, string key) => new(whole, item, key);
}
