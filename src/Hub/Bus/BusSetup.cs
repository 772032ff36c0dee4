using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>The bus: the one place that names a transport.</summary>
internal static class BusSetup
{
    private const string SyncQueue = "sync";
    private const string DeadLetterQueue = "sync_dead";
    private const int MessagesInMerge = 128;

    // In memory each message wakes all of them.
    private const int ReadersInMemory = 4;

    // What kills each process that it is delivered to comes no more after as many tries; it waits in the dead-letter queue. The inbox still has its delivery.
    private const int MaxDeliveries = 20;

    /// <param name="broker">The address of the broker; null for the bus within this process.</param>
    public static void AddBus(this IServiceCollection services, Uri? broker)
    {
        services.AddSingleton<BusIdentity>();
        services.AddSingleton<IMessageBus, MassTransitBus>();
        services.AddSingleton<EventPublisher>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (broker is null) bus.UsingInMemory(InMemory);
            else bus.UsingRabbitMq((context, transport) => RabbitMq(context, transport, broker));
        });
        // A broker that is away keeps nobody from being heard: what comes in waits in the inbox.
        services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = broker is null);
    }

    private static void InMemory(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator transport)
    {
        var byReference = new ByReference();
        transport.ClearSerialization();
        transport.AddSerializer(byReference);
        transport.AddDeserializer(byReference, isDefault: true);
        transport.ReceiveEndpoint(SyncQueue, endpoint => ConfigureSync(context, endpoint, ReadersInMemory, waitsForRecord: false));
    }

    // Quorum queues and publisher confirms: what was published survives the broker and the loss of a minority of its nodes.
    private static void RabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport, Uri broker)
    {
        transport.ConfigureJsonSerializerOptions(Tighten);
        transport.Host(AddressOf(broker), host =>
        {
            var (user, password) = CredentialsOf(broker);
            host.Username(user);
            host.Password(password);
            host.PublisherConfirmation = true;
            var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            host.OnRefreshConnectionFactory = _ => BrokerPresence.AwaitAsync(broker.Host, PortOf(broker), context.GetRequiredService<TimeProvider>(), stopping);
            if (broker.Scheme == "amqps") host.UseSsl(ssl => ssl.ServerName = broker.Host);
        });
        transport.ReceiveEndpoint(SyncQueue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.SetQueueArgument("x-delivery-limit", MaxDeliveries);
            endpoint.BindDeadLetterQueue(DeadLetterQueue, DeadLetterQueue, dead => dead.SetQuorumQueue());
            ConfigureSync(context, endpoint, MessagesInMerge, waitsForRecord: true);
        });
    }

    // The same JSON without the blanks, and the contracts without reflection. The options are those of all buses of the process, and can't be changed once they are used.
    private static JsonSerializerOptions Tighten(JsonSerializerOptions options) => !options.WriteIndented ? options : new JsonSerializerOptions(options)
    {
        WriteIndented = false,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    private static void ConfigureSync(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint, int readers, bool waitsForRecord)
    {
        endpoint.PrefetchCount = readers;
        endpoint.ConcurrentMessageLimit = readers;
        foreach (var kind in ContractKinds.All.Values)
        {
            // One for all messages: it keeps nothing, and a scope for each message would cost more than what it does. It needs what needs the bus.
            var type = typeof(SyncConsumer<>).MakeGenericType(kind);
            var consumer = new Lazy<object>(() => ActivatorUtilities.CreateInstance(context, type, waitsForRecord));
            endpoint.Consumer(type, _ => consumer.Value);
        }
    }

    private static Uri AddressOf(Uri address) => new($"rabbitmq://{address.Host}:{PortOf(address)}{address.AbsolutePath}");

    private static int PortOf(Uri address) => address.IsDefaultPort || address.Port < 0 ? (address.Scheme == "amqps" ? 5671 : 5672) : address.Port;

    // Without any, RabbitMQ's own: guest, who is let in from the same machine alone.
    private static (string User, string Password) CredentialsOf(Uri address)
    {
        if (address.UserInfo.Length == 0) return ("guest", "guest");
        var parts = address.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
