using System.CommandLine;
using IntegrationHub.Hub.Migrating;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Cli;

/// <summary><c>migrate</c>: copies the embedded database into PostgreSQL while the hub serves; run again without the hub, it completes the copy.</summary>
internal static class MigrateVerb
{
    // The copy is there, and goes on growing stale: the hub has to be stopped for the rest.
    private const int NotComplete = 2;

    public static Command Create(string[] hub)
    {
        var to = new Option<string>("--to") { Description = "Connection string of an empty PostgreSQL database: Host=…;Database=…;Username=…;Password=…", Required = true };
        var command = new Command("migrate", "Copies the embedded database into PostgreSQL, beside the running hub; run again without the hub, it brings the copy up to date and completes it") { to };
        command.SetAction((result, cancellationToken) => Task.FromResult(Run(hub, result.GetRequiredValue(to), cancellationToken)));
        return command;
    }

    private static int Run(string[] hub, string to, CancellationToken cancellationToken)
    {
        var options = VerbOptions.Read(hub);
        var from = HubDatabase.Of(options);
        if (from.IsShared) throw new VerbException("Hub:Database leads to PostgreSQL already. migrate copies the embedded database: leave Hub:Database out for it.");
        if (!from.Exists) throw new VerbException($"There is no database at {from.Name}. Start the hub once, or set Hub:DataDirectory.");
        if (!PostgresServer.IsConnectionString(to)) throw new VerbException("--to is no connection string of PostgreSQL such as Host=db.example.com;Database=hub;Username=hub;Password=…");
        var configuration = VerbOptions.Load(options);
        using var interruption = new Interruption(cancellationToken);
        using var held = TryHold(options.DataDirectory);
        var identity = ErasureKey.Open(options.DataDirectory, isNeeded: false).Fingerprint;
        try
        {
            new Migration(from, to, configuration, TimeProvider.System, Console.Error.WriteLine, Count).Run(Convert.ToHexStringLower(identity), isLast: held is not null, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            throw new VerbException("Stopped. The same command goes on from here.");
        }
        Console.WriteLine(held is null
            ? "Copied, while the hub serves. Stop the hub and run the same command again: it copies what has changed since, and completes the copy."
            : "Complete: the contacts of both are the same, byte for byte. Set Hub:Database to the new database, keep the data directory for its keys, and start the hub.");
        return held is null ? NotComplete : 0;
    }

    // Nobody can serve the embedded database while it is held.
    private static DataDirectory? TryHold(string directory)
    {
        try
        {
            return DataDirectory.Hold(directory);
        }
        catch (StorageException exception) when (exception.InnerException is IOException)
        {
            return null;
        }
    }

    private static (Action Step, Action Finish) Count(string done, long total)
    {
        var progress = new Progress(done, (int)Math.Min(total, int.MaxValue));
        return (progress.Step, progress.Finish);
    }
}
