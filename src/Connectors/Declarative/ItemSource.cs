using System.Globalization;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>What <c>each</c> and <c>forEach</c> go over: the items of a list, the members of an object, or all that JSONPath finds; of several paths the first that leads anywhere.</summary>
internal sealed class ItemSource(IReadOnlyList<BodyPath> paths, IReadOnlyCollection<string> except)
{
    /// <exception cref="PayloadException">A single text or number is there.</exception>
    public IEnumerable<Scope> In(Scope scope)
    {
        foreach (var path in paths)
        {
            var nodes = path.Nodes(scope).ToList();
            if (nodes.Count > 0) return path.IsPlain ? Within(nodes[0], scope) : nodes.Select((node, position) => scope.Of(node, Written(position)));
        }
        return [];
    }

    public string PlaceIn(Scope scope) => paths[0].PlaceIn(scope);

    private IEnumerable<Scope> Within(Payload node, Scope scope)
    {
        if (node.IsObject) return node.Members().Where(member => member.Value.Exists && !except.Contains(member.Name)).Select(member => scope.Of(member.Value, member.Name));
        if (node.IsList) return node.Items().Select((item, position) => (item, position)).Where(found => found.item.Exists).Select(found => scope.Of(found.item, Written(found.position)));
        throw node.Not("a list or an object");
    }

    private static string Written(int position) => position.ToString(CultureInfo.InvariantCulture);
}
