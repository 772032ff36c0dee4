using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Access;

/// <summary>Writes into the audit that the running hub has taken over a changed file. Who changed the file is not known to the hub.</summary>
internal sealed class ConfigurationAudit(ConfigurationSource configuration, IDatabase database, TimeProvider time, ILogger<ConfigurationAudit> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        configuration.Changed += Note;
        Warn(configuration.Current);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        configuration.Changed -= Note;
        return Task.CompletedTask;
    }

    private void Note(object? sender, ConfigurationChange change)
    {
        Warn(change.Current);
        _ = NoteAsync(change);
    }

    private void Warn(HubConfiguration current)
    {
        if (current.Warnings.Count > 0) Log.SecretsInFile(logger, current.File, string.Join(", ", current.Warnings.Select(warning => warning.Path)));
    }

    private async Task NoteAsync(ConfigurationChange change)
    {
        (string What, IReadOnlyList<string> Names)[] parts = [("added", change.Added), ("removed", change.Removed), ("changed", change.Changed)];
        var subject = string.Join("; ", parts.Where(part => part.Names.Count > 0).Select(part => $"{part.What}: {string.Join(", ", part.Names)}"));
        try
        {
            await database.WriteAsync(session =>
            {
                session.Audit(time.GetUtcNow(), "configuration_reloaded", "connectors file", subject: subject.Length > 0 ? subject : "no connection");
                return 0;
            }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or ObjectDisposedException)
        {
            Log.ReloadNotAudited(logger, exception);
        }
    }
}
