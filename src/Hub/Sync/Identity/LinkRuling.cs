namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>What a person ruled about two nodes: they are one person, or they are not.</summary>
/// <param name="One">A node's name.</param>
/// <param name="Other">Another node's name.</param>
/// <param name="Joins">Whether they are one person; otherwise they are not.</param>
internal sealed record LinkRuling(string One, string Other, bool Joins) : IComparable<LinkRuling>
{
    public int CompareTo(LinkRuling? other)
    {
        if (other is null) return 1;
        var byOne = string.CompareOrdinal(One, other.One);
        return byOne != 0 ? byOne : string.CompareOrdinal(Other, other.Other);
    }
}
