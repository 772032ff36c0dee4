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

    /// <summary>The samples that the vendor sent and proved.</summary>
    public static TheoryData<string, string> Webhooks
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var vendor in VendorFolder.All)
            {
                foreach (var sample in vendor.Samples.Where(sample => !sample.IsObject)) rows.Add(vendor.Name, sample.Name);
            }
            return rows;
        }
    }

    /// <summary>What is asked of the vendors' APIs.</summary>
    public static TheoryData<string, string> Exchanges
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var vendor in VendorFolder.All)
            {
                foreach (var exchange in vendor.Exchanges) rows.Add(vendor.Name, exchange.Name);
            }
            return rows;
        }
    }
}
