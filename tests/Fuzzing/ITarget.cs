namespace IntegrationHub.Fuzzing;

/// <summary>Something to try inputs on, and the rules that it must keep whatever it is given.</summary>
internal interface ITarget : IAsyncDisposable
{
    /// <summary>Name, which is also its folder in the corpus: <c>connectors/Shopify</c>.</summary>
    string Name { get; }

    /// <summary>What mutation begins with.</summary>
    IReadOnlyList<FuzzInput> Seeds { get; }

    /// <summary>Tries an input. What can be told of several together waits for <see cref="SettleAsync"/>.</summary>
    ValueTask<Outcome> RunAsync(FuzzInput input);

    /// <summary>Tries inputs by all rules, apart from all others.</summary>
    ValueTask<Finding?> RunAloneAsync(IReadOnlyList<FuzzInput> inputs);

    /// <summary>Tries what has come together since the last time.</summary>
    ValueTask<IReadOnlyList<Caught>> SettleAsync();
}
