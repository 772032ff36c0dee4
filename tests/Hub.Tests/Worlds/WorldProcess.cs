using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>A hub process without its edges: the real parts from the inbox to the record, over the world's clock, database and bus.</summary>
internal sealed class WorldProcess : IDisposable
{
    private readonly InFlight inFlight;
    private readonly Roster roster;
    private readonly OutboxRelay relay;
    private readonly Dispatcher dispatcher;
    private readonly Sweeper sweeper;

    public WorldProcess(WorldThread thread, WorldTime.Clock clock, WorldDatabase.Access database, IMessageBus bus, ConfigurationSource configuration, ErasureKey key, Signals signals)
    {
        (Thread, Clock, Database) = (thread, clock, database);
        var inbox = new InboxStore(database, clock);
        inFlight = new InFlight(clock);
        var precedence = new Precedence(inFlight, clock);
        var failures = new Failures(inbox, inFlight, signals);
        roster = new Roster(database, clock, NullLogger<Roster>.Instance);
        relay = new OutboxRelay(database, bus, signals, clock, NullLogger<OutboxRelay>.Instance);
        Sync = new SyncService(database, inFlight, precedence, failures, configuration, key, relay, signals, clock, NullLogger<SyncService>.Instance);
        var objects = new HydrationStore(database, clock);
        // No vendor is asked: the five tools tell all they have to tell.
        var hydration = new HydrationService(configuration, objects, null!, null!, signals, clock, NullLogger<HydrationService>.Instance);
        var publisher = new EventPublisher(bus, clock, NullLogger<EventPublisher>.Instance);
        var normalizer = new Normalizer(inbox, configuration, publisher, objects, hydration, inFlight, failures, signals, clock, NullLogger<Normalizer>.Instance);
        dispatcher = new Dispatcher(inbox, normalizer, publisher, inFlight, precedence, NullLogger<Dispatcher>.Instance);
        sweeper = new Sweeper(database, inbox, dispatcher, inFlight, precedence, failures, roster, clock, NullLogger<Sweeper>.Instance);
        Intake = new Intake(inbox, dispatcher, inFlight, precedence, roster);
        Decisions = new DecisionService(database, configuration, relay, clock);
        Hydration = hydration;
    }

    public WorldThread Thread { get; }

    public WorldTime.Clock Clock { get; }

    public WorldDatabase.Access Database { get; }

    public Intake Intake { get; }

    public SyncService Sync { get; }

    public DecisionService Decisions { get; }

    /// <summary>Whether it takes requests and messages.</summary>
    public bool IsServing { get; private set; }

    private HydrationService Hydration { get; }

    /// <summary>Lives until it ends by itself, which it must not.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<Exception> LiveAsync()
    {
        try
        {
            await roster.StartingAsync(CancellationToken.None);
            List<Task> services = [relay.RunAsync(CancellationToken.None), Sync.RunAsync(CancellationToken.None), dispatcher.RunAsync(CancellationToken.None), sweeper.RunAsync(CancellationToken.None)];
            IsServing = true;
            await await Task.WhenAny(services);
            return new InvalidOperationException("A service ended.");
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    public void Dispose()
    {
        Thread.Die();
        dispatcher.Dispose();
        sweeper.Dispose();
        relay.Dispose();
        Sync.Dispose();
        Hydration.Dispose();
        roster.Dispose();
        inFlight.Dispose();
    }
}
