using IntegrationHub.Hub.Storage;

namespace IntegrationHub.CrashHarness;

/// <summary>The embedded database and the bus in memory: one process.</summary>
/// <param name="dataDirectory">Where the hub keeps everything.</param>
internal sealed class SqliteEngine(string dataDirectory, string connectorsFile) : Engine
{
    /// <summary>Where the hub keeps everything.</summary>
    public string DataDirectory => dataDirectory;

    public override int Processes => 1;

    public override IReadOnlyList<string> Settings => [$"--Hub:DataDirectory={dataDirectory}", $"--Hub:ConnectorsFile={connectorsFile}"];

    protected override HubDatabase Stored => HubDatabase.In(dataDirectory);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
