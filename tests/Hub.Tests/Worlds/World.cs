using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>Hub processes, their database and broker, the tools that send to them and the people who decide: all of it in one thread, in virtual time, out of one seed. The same seed is the same run.</summary>
internal sealed class World : IDisposable
{
    /// <summary>How long it may take until all is well again after the last fault.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(6);

    private readonly WorldScale scale;
    private readonly WorldTally tally;
    private readonly ConfigurationSource configuration;
    private readonly Signals signals;
    private readonly ErasureKey key = new(new byte[32]);
    private readonly WorldTime time = new();
    private readonly WorldChance chance;
    private readonly WorldTrace trace;
    private readonly WorldStory story;
    private readonly WorldSenders senders;
    private readonly WorldRulings rulings;
    private readonly WorldChecks checks;
    private readonly List<WorldProcess> processes = [];
    private int born;
    private WorldException? failure;

    public World(int seed, WorldScale scale, ConfigurationSource configuration, Signals signals, WorldTally tally)
    {
        (this.scale, this.tally, this.configuration, this.signals) = (scale, tally, configuration, signals);
        trace = new WorldTrace(time);
        chance = new WorldChance(seed, tally) { Struck = fault => trace.Turn("world", fault.ToString()) };
        story = new WorldStory(configuration.Current, seed, scale.Deliveries, scale.People);
        IsShared = !chance.Once(5);
        Database = new WorldDatabase(chance, IsShared);
        Bus = new WorldBus(time, chance, tally) { Consumer = AnyServing };
        senders = new WorldSenders(story, time, chance, tally, trace) { Receiver = AnyServing };
        rulings = new WorldRulings(story, time, chance, tally, trace) { Receiver = AnyServing };
        checks = new WorldChecks(story, senders, rulings, Bus, Database.Session, configuration.Current);
    }

    /// <summary>Whether several processes share the database, and a broker stands between them. Else there is one, with all of it in itself.</summary>
    public bool IsShared { get; }

    public WorldDatabase Database { get; }

    public WorldBus Bus { get; }

    public WorldTrace Trace => trace;

    /// <summary>A process that lives, at random.</summary>
    public WorldProcess? Any() => processes.Count == 0 ? null : processes[chance.Next(processes.Count)];

    /// <summary>Lives through trouble, then through peace, and checks what must hold.</summary>
    /// <exception cref="WorldException">It does not hold.</exception>
    public void Run()
    {
        for (var count = IsShared ? chance.Next(2, 5) : 1; count > 0; count--) Start();
        senders.Plan(Busy, scale.Bursts, scale.Repetitions);
        rulings.Plan(Busy, scale.Decisions);
        new WorldTrouble(this, time, chance, tally, trace).Plan(Busy);
        time.After(CheckInterval, Check);
        Live(Busy);
        Calm();
        Live(time.Now + Recovery);
        using var calm = new CalmRecord(story, configuration.Current, key, chance);
        var untouched = calm.Export();
        calm.Decide(Database.Session.DecisionsThatHold());
        checks.AtRest(calm);
        foreach (var decision in Database.Session.DecisionsThatHold()) rulings.Revoke(decision.Id);
        Live(time.Now + Recovery);
        checks.WithoutDecisions(untouched);
        tally.Passed += time.Now;
        tally.Count("steps", trace.Steps);
    }

    /// <summary>A process dies. Another takes its place after a while, or none where others live.</summary>
    public void Crash(WorldProcess process)
    {
        if (process.Thread.IsDead) return;
        trace.Turn(process.Thread.Name, "dies");
        process.Thread.Die();
        // What was on its way to the database may arrive after the death.
        while (chance.Once(2) && process.Database.HasWaiting) process.Database.CommitSome();
        processes.Remove(process);
        if (IsShared) Bus.Lose(process);
        else Bus.Restart();
        process.Dispose();
        var staysAway = processes.Count > 0 && chance.Once(3);
        if (!staysAway) time.After(chance.Span(LongestAbsence), Start);
    }

    public void Dispose()
    {
        foreach (var process in processes) process.Dispose();
        Database.Dispose();
    }

    private void Calm()
    {
        chance.IsKind = true;
        trace.Turn("world", "peace");
        foreach (var process in processes) process.Thread.PausedUntil = default;
    }

    private void Check()
    {
        checks.Always();
        time.After(CheckInterval, Check);
    }

    private void Live(TimeSpan end)
    {
        while (time.Now < end)
        {
            time.Ring();
            if (failure is not null) throw failure;
            if (Pick() is { } process) Step(process);
            else time.Skip(end);
        }
    }

    private void Step(WorldProcess process)
    {
        var (what, act) = process.Thread.Take(chance.Next(process.Thread.Count));
        trace.Step(process.Thread.Name, what);
        process.Thread.Run(act);
        if (process.Thread.HasStrayed) throw new WorldException("something of the core went on on another thread, so that runs can't be repeated");
        time.Pass(TimeSpan.FromTicks(chance.Next(300)));
        if (chance.Strikes(WorldFault.Crash)) Crash(process);
    }

    // Each thing to do of any process is as likely to be next.
    private WorldProcess? Pick()
    {
        var ready = 0;
        foreach (var process in processes) ready += ReadyOf(process);
        if (ready == 0) return null;
        var index = chance.Next(ready);
        return processes.First(process => (index -= ReadyOf(process)) < 0);
    }

    private int ReadyOf(WorldProcess process) => process.Thread.PausedUntil > time.Now ? 0 : process.Thread.Count;

    private WorldProcess? AnyServing()
    {
        var serving = processes.Count(process => process.IsServing);
        return serving == 0 ? null : processes.Where(process => process.IsServing).ElementAt(chance.Next(serving));
    }

    private void Start()
    {
        var thread = new WorldThread($"hub {++born}");
        var process = new WorldProcess(thread, new WorldTime.Clock(time, thread), Database.Of(thread), Bus.Of(thread), configuration, key, signals);
        processes.Add(process);
        trace.Turn(thread.Name, "starts");
        thread.Add("start", () => _ = LiveAsync());

        async Task LiveAsync()
        {
            var end = await process.LiveAsync();
            // A hub that does not find its database at the start ends, and whoever runs it starts it again.
            if (end is StorageException && !process.IsServing) Crash(process);
            else failure ??= new WorldException($"{thread.Name} ended by itself: {end}");
        }
    }
}

/// <summary>How much happens in a world.</summary>
/// <param name="Deliveries">Different ones.</param>
/// <param name="Repetitions">How often each is sent, about.</param>
/// <param name="Bursts">In how many bursts.</param>
internal sealed record WorldScale(int Deliveries, int People, int Repetitions, int Bursts, int Decisions);
