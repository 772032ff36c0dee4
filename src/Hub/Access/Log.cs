namespace IntegrationHub.Hub.Access;

/// <summary>Log messages of keys and roles: 7000 to 7099.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "The last use of key {KeyId} could not be noted")]
    public static partial void UseNotNoted(ILogger logger, string keyId, Exception exception);

    [LoggerMessage(7001, LogLevel.Warning, "Too many wrong API keys came from {Address}: more of them are answered 429")]
    public static partial void ManyWrongKeys(ILogger logger, string address);

    [LoggerMessage(7002, LogLevel.Warning, "Key {KeyId} is not enough for {Endpoint}: its role is {Role}")]
    public static partial void NotEnough(ILogger logger, string keyId, string endpoint, string role);

    [LoggerMessage(7003, LogLevel.Error, "The audit could not be told that the configuration has changed")]
    public static partial void ReloadNotAudited(ILogger logger, Exception exception);

    [LoggerMessage(7004, LogLevel.Warning, "Others could read these files in {Folder}: {Files}. They are the owner's alone now; consider whether what they hold is still a secret")]
    public static partial void FilesWereOpen(ILogger logger, string folder, string files);

    [LoggerMessage(7005, LogLevel.Warning, "{File} holds secrets in plain text, at: {Paths}. Write ${{NAME}} there, and set the environment variable or seal the secret with 'secrets set NAME'")]
    public static partial void SecretsInFile(ILogger logger, string file, string paths);
}
