using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>Whatever happens to processes, database and broker: acknowledged is durable, every fact counts once, the record is a function of what was told and decided, and every decision can be taken back.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class WorldTests : IDisposable
{
    /// <summary>Set to a seed to live through that world alone, or to the first and the last of many: <c>1000-1999</c>.</summary>
    private const string SeedVariable = "HUB_WORLD_SEED";
    private const int FirstSeed = 1;
    private const int Worlds = 29;

    private static readonly WorldScale Usual = new(Deliveries: 500, People: 50, Repetitions: 10, Bursts: 12, Decisions: 8);
    private static readonly WorldScale Flood = new(Deliveries: 3000, People: 900, Repetitions: 2, Bursts: 2, Decisions: 2);

    private readonly ITestOutputHelper output;
    private readonly string directory = Directory.CreateTempSubdirectory("hub-world-").FullName;
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<Signals>().BuildServiceProvider();
    private readonly ConfigurationSource configuration;

    public WorldTests(ITestOutputHelper output)
    {
        this.output = output;
        var file = Path.Combine(directory, "connectors.json");
        File.WriteAllText(file, TestHub.FiveTools());
        configuration = new ConfigurationSource(new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null), file, NullLogger<ConfigurationSource>.Instance);
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Hundreds_of_thousands_of_deliveries_through_crashes_pauses_and_outages_end_in_the_record_of_a_calm_day()
    {
        var tally = new WorldTally();
        var chosen = Environment.GetEnvironmentVariable(SeedVariable)?.Split('-').Select(int.Parse).ToList();
        var (first, last) = chosen is null ? (FirstSeed, FirstSeed + Worlds - 1) : (chosen[0], chosen[^1]);
        for (var seed = first; seed <= last; seed++) Live(seed, tally);
        output.WriteLine($"seeds {first} to {last}: {tally}");
        if (chosen is not null) return;
        Assert.True(tally["deliveries sent"] >= 200_000, "Fewer deliveries were sent than this test is for.");
        foreach (var fault in Enum.GetNames<WorldFault>().Append("pause").Append("outage of the database").Append("outage of the broker").Append("restart of the broker").Append("messages lost"))
            Assert.True(tally[fault] > 0, $"{fault} never happened.");
    }

    [Fact]
    public void Same_seed_is_the_same_run_and_another_seed_another()
    {
        var hashes = new[] { 7, 7, 8 }.Select(seed => Live(seed, new WorldTally())).ToList();
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    private ulong Live(int seed, WorldTally tally)
    {
        using var world = new World(seed, seed % 20 == 0 ? Flood : Usual, configuration, services.GetRequiredService<Signals>(), tally);
        try
        {
            world.Run();
        }
        catch (Exception exception)
        {
            throw new WorldException($"In the world of seed {seed} {exception.Message}\nReplay it alone with {SeedVariable}={seed}. What happened last:\n{world.Trace}", exception);
        }
        return world.Trace.Hash;
    }
}
