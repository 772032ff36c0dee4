using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Vendors;

/// <summary>The vendors' APIs, one for each connection, kept as long as it is configured the same.</summary>
internal sealed class VendorApis : IDisposable
{
    private readonly ConfigurationSource configuration;
    private readonly CallBudgets budgets;
    private readonly AccessTokens tokens;
    private readonly TimeProvider time;
    private readonly ILogger<VendorApis> logger;
    private readonly ConcurrentDictionary<(string Name, string Fingerprint), Lazy<Kept>> kept = new();

    public VendorApis(ConfigurationSource configuration, CallBudgets budgets, AccessTokens tokens, TimeProvider time, ILogger<VendorApis> logger)
    {
        this.configuration = configuration;
        this.budgets = budgets;
        this.tokens = tokens;
        this.time = time;
        this.logger = logger;
        configuration.Changed += Change;
    }

    /// <summary>The API of a connection whose settings hold a key to it.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public VendorApi Of(Connection connection) => kept.GetOrAdd((connection.Name, connection.Fingerprint), _ => new Lazy<Kept>(() => Create(connection))).Value.Api;

    /// <summary>How a connection reaches its vendor's API; null when its settings hold no key to it, or the vendor has none.</summary>
    public static ApiAccess? AccessOf(Connection connection) => connection.Source switch
    {
        IVendorObjects objects => objects.Api,
        IContactSink sink => sink.Api,
        _ => null,
    };

    public void Dispose()
    {
        configuration.Changed -= Change;
        Retire(_ => true);
    }

    private Kept Create(Connection connection)
    {
        var access = AccessOf(connection) ?? throw new InvalidOperationException($"Connection '{connection.Name}' has no key to an API.");
        var pipeline = VendorPipeline.Of(connection.Name, access, budgets.Of(connection.Connector.Key, access), time, logger);
        HttpMessageHandler calls = new CarefulHandler(access, pipeline) { InnerHandler = new VendorHandler(access, time) { InnerHandler = VendorSockets.Create(access.Parallel) } };
        if (access.Credential is ApiCredential.OAuth { Grant: var grant }) calls = new OAuthHandler(connection.Name, grant, tokens) { InnerHandler = calls };
        var chain = new RetiringHandler(calls);
        return new Kept(VendorApi.Over(access, chain), chain);
    }

    private void Change(object? sender, ConfigurationChange change) =>
        Retire(key => !change.Current.Connections.TryGetValue(key.Name, out var connection) || connection.Fingerprint != key.Fingerprint);

    private void Retire(Func<(string Name, string Fingerprint), bool> isGone)
    {
        foreach (var key in kept.Keys.Where(isGone))
        {
            if (kept.TryRemove(key, out var removed) && removed.IsValueCreated) removed.Value.Chain.Retire();
        }
    }

    private sealed record Kept(VendorApi Api, RetiringHandler Chain);
}
