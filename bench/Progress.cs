namespace IntegrationHub.Bench;

/// <summary>Says how far the run is, on standard error: the tables go to standard output.</summary>
internal static class Progress
{
    public static void Report(string line) => Console.Error.WriteLine(line);
}
