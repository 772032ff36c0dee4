namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary><c>docs/connectors.md</c> says of each connector what its code does. A connector that the page does not know yet is no lie: a new one is a folder, and nothing else.</summary>
public sealed class ConnectorPageTests
{
    private static readonly string Page = Path.GetFullPath(Path.Combine(VendorFolder.Root, "..", "..", "docs", "connectors.md"));

    [Fact]
    public void Page_says_what_the_connectors_do()
    {
        var vendors = VendorFolder.All.OrderBy(vendor => vendor.Description.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (Environment.GetEnvironmentVariable("HUB_ACCEPT_SAMPLES") == "1") File.WriteAllText(Page, Write(vendors));
        var page = File.ReadAllText(Page);
        var known = vendors.Where(vendor => page.Contains($"(../src/Connectors/{vendor.Name}/README.md)", StringComparison.Ordinal)).ToList();
        Assert.Equal(Write(known), page);
    }

    private static string Write(List<VendorFolder> vendors) =>
        ConnectorPage.Head.ReplaceLineEndings("\n") + string.Concat(vendors.Select(ConnectorPage.Row)) + string.Concat(vendors.Select(vendor => "\n" + ConnectorPage.Section(vendor)));
}
