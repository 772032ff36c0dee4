namespace IntegrationHub.Hub.Configuration;

internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Loaded {File}: {Connections} connections, {Enabled} of them enabled")]
    public static partial void Loaded(ILogger logger, string file, int connections, int enabled);

    [LoggerMessage(1001, LogLevel.Information, "No connection is configured in {File}: no webhook is accepted")]
    public static partial void NoConnections(ILogger logger, string file);

    [LoggerMessage(1002, LogLevel.Information, "Reloaded {File}. Connections added: {Added}; removed: {Removed}; changed: {Changed}")]
    public static partial void Reloaded(ILogger logger, string file, string added, string removed, string changed);

    [LoggerMessage(1003, LogLevel.Warning, "{File} has changed but can't be used; the hub goes on with the last good configuration:\n{Errors}")]
    public static partial void ReloadRejected(ILogger logger, string file, string errors);

    [LoggerMessage(1004, LogLevel.Error, "The reload of the configuration failed")]
    public static partial void ReloadBroke(ILogger logger, Exception exception);

    [LoggerMessage(1005, LogLevel.Warning, "Declarations in {Folder} have changed but can't be used; the hub goes on with the last good ones:\n{Errors}")]
    public static partial void DeclarationsRejected(ILogger logger, string folder, string errors);
}
