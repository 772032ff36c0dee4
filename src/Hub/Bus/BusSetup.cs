using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>The bus: the one place that names a transport.</summary>
internal static class BusSetup
{
    private const int MessagesInMerge = 2048;

    public static void AddBus(this IServiceCollection services)
    {
        services.AddSingleton<EventPublisher>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var kind in ContractKinds.All.Values) bus.AddConsumer(typeof(SyncConsumer<>).MakeGenericType(kind));
            bus.UsingInMemory((context, transport) => transport.ReceiveEndpoint("sync", endpoint =>
            {
                endpoint.PrefetchCount = MessagesInMerge;
                endpoint.ConcurrentMessageLimit = MessagesInMerge;
                foreach (var kind in ContractKinds.All.Values) endpoint.ConfigureConsumer(context, typeof(SyncConsumer<>).MakeGenericType(kind));
            }));
        });
        services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = true);
    }
}
