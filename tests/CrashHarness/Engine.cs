namespace IntegrationHub.CrashHarness;

/// <summary>What the hubs of a run stand on.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>How many hub processes share it.</summary>
    public abstract int Processes { get; }

    /// <summary>Settings of a hub process, beside address and key.</summary>
    /// <param name="number">Of the process, from 0.</param>
    public abstract IReadOnlyList<string> SettingsOf(int number);

    /// <summary>A number out of the hub's database: what no API tells.</summary>
    /// <param name="sql">Of one number.</param>
    public abstract Task<long> CountAsync(string sql);

    public abstract ValueTask DisposeAsync();
}
