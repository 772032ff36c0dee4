namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>The theory rows: every vendor folder and every sample, found on disk.</summary>
public static class Cases
{
    public static TheoryData<string> Vendors => [.. VendorFolder.All.Select(vendor => vendor.Name)];

    public static TheoryData<string, string> Samples
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var vendor in VendorFolder.All)
            {
                foreach (var sample in vendor.Samples) rows.Add(vendor.Name, sample.Name);
            }
            return rows;
        }
    }
}
