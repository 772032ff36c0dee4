namespace IntegrationHub.Bench.Baselines;

/// <summary>What a baseline does with a body before it answers.</summary>
internal interface IKeeper : IAsyncDisposable
{
    /// <summary>Keeps what is to be kept of a body. When the task completes, it is on disk.</summary>
    Task KeepAsync(byte[] body);
}

/// <summary>Keeps nothing.</summary>
internal sealed class NothingKept : IKeeper
{
    public Task KeepAsync(byte[] body) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
