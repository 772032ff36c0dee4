namespace IntegrationHub.Hub.Vendors;

/// <summary>The vendors' APIs.</summary>
internal static class VendorsSetup
{
    public static void AddVendors(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionTroubles>();
        services.AddSingleton<CallBudgets>();
        services.AddSingleton<VendorApis>();
    }
}
