using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The vendors' APIs.</summary>
internal static class VendorsSetup
{
    public static void AddVendors(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionTroubles>();
        services.AddSingleton<CallBudgets>();
        services.AddSingleton(provider => new TokenSeal(provider.GetRequiredService<DataDirectory>()));
        services.AddSingleton<TokenStore>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Authorizations>();
        services.AddSingleton<VendorApis>();
    }
}
