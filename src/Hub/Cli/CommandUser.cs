namespace IntegrationHub.Hub.Cli;

/// <summary>Who uses the command line, for the audit.</summary>
internal static class CommandUser
{
    public static string Name => $"cli:{Environment.UserName}";
}
