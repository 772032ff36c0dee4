namespace IntegrationHub.Connectors;

/// <summary>Follows the pages of a list that is read to its end within one call. Pages that go round in a circle would never end, and fill the memory.</summary>
public sealed class PageTrail
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The cursor of the next page; null after the last one.</summary>
    /// <param name="next">What the page just read says.</param>
    /// <exception cref="VendorException">It was followed before.</exception>
    public string? Follow(string? next) =>
        next is null || seen.Add(next) ? next : throw new VendorException(VendorFault.Misread, "the vendor's pages go round in a circle");
}
