namespace IntegrationHub.Hub.Access;

/// <summary>
/// Addresses of webhooks can hold a secret (<c>/webhooks/forms/&lt;token&gt;</c>, <c>?writeKey=</c>). What the framework tells of a request's address is silenced here, whatever
/// levels of logging are configured.
/// </summary>
internal static class SecretAddresses
{
    // The first one also puts the path into the scope of every other line of the request.
    private static readonly (string Category, LogLevel Least)[] Silenced =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        ("Microsoft.AspNetCore.Routing", LogLevel.Warning),
        ("Microsoft.AspNetCore.Http", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Warning),
    ];

    public static void AddSecretAddresses(this IServiceCollection services)
    {
        // Traces name the route, and not the path.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    // A rule for one provider goes before a rule for all: there has to be one for each provider that has any.
    private static void Silence(LoggerFilterOptions options)
    {
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList();
        foreach (var rule in options.Rules.Where(rule => Silenced.Any(silenced => rule.CategoryName?.StartsWith(silenced.Category, StringComparison.OrdinalIgnoreCase) is true)).ToList()) options.Rules.Remove(rule);
        foreach (var (category, least) in Silenced)
        {
            foreach (var provider in providers) options.Rules.Add(new LoggerFilterRule(provider, category, least, null));
        }
    }
}
