using IntegrationHub.Fuzzing.Mutators;

namespace IntegrationHub.Fuzzing;

/// <summary>Tries one target: first what is kept, then its seeds, then what mutation makes of them and of whatever reached something new.</summary>
/// <param name="target">The target.</param>
/// <param name="strangers">Inputs of other targets, to take values from.</param>
/// <param name="corpus">Where inputs are kept.</param>
/// <param name="seed">Decides all that chance decides.</param>
internal sealed class Campaign(ITarget target, IReadOnlyList<FuzzInput> strangers, Corpus corpus, int seed)
{
    // How many inputs are settled together, how large one may be that is mutated further, how many of them there are, and how long a fault is made smaller.
    private const int Together = 40;
    private const int MaxSize = 64 * 1024;
    private const int MaxPopulation = 1_500;
    private const int ShrinkingAttempts = 2_000;

    private readonly Dice dice = new(seed, target.Name);
    private readonly Mutator mutator = new(target.Seeds, strangers);
    private readonly List<FuzzInput> population = [];
    private readonly HashSet<string> features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caught> found = new(StringComparer.Ordinal);
    private bool hasBegun;

    public string Name => target.Name;

    public int Executions { get; private set; }

    /// <summary>How many different things inputs have reached.</summary>
    public int Features => features.Count;

    /// <summary>How many inputs reached something that none before had.</summary>
    public int Population => population.Count;

    /// <summary>The faults, each once, with the smallest input that was found for it.</summary>
    public IReadOnlyCollection<Caught> Found => found.Values;

    /// <summary>The input that is being tried.</summary>
    public FuzzInput? Current { get; private set; }

    /// <summary>Called for each new fault.</summary>
    public Action<Caught>? Report { get; init; }

    /// <summary>Tries a number of inputs more, or fewer when the time is up.</summary>
    public async Task RunAsync(int executions, Func<bool> isTimeUp)
    {
        if (!hasBegun) await BeginAsync(isTimeUp);
        for (var count = 0; count < executions && !isTimeUp(); count++)
        {
            await TryAsync(mutator.Change(dice.OneIn(2) || population.Count == 0 ? dice.Of(target.Seeds) : dice.Of(population), dice));
            if (Executions % Together == 0) await SettleAsync();
        }
        await SettleAsync();
    }

    private async Task BeginAsync(Func<bool> isTimeUp)
    {
        hasBegun = true;
        foreach (var kept in corpus.Of(target.Name))
        {
            foreach (var input in kept) await TryAsync(input);
            await SettleAsync();
        }
        foreach (var known in target.Seeds.TakeWhile(_ => !isTimeUp())) await TryAsync(known);
        await SettleAsync();
    }

    private async Task TryAsync(FuzzInput input)
    {
        Current = input;
        Executions++;
        var outcome = await target.RunAsync(input);
        var isNew = false;
        foreach (var feature in outcome.Features) isNew |= features.Add(feature);
        if (isNew && input.Size <= MaxSize && population.Count < MaxPopulation) population.Add(input);
        if (outcome.Finding is { } finding) await CatchAsync(new Caught(finding, [input]));
    }

    private async Task SettleAsync()
    {
        foreach (var caught in await target.SettleAsync()) await CatchAsync(caught);
    }

    private async Task CatchAsync(Caught caught)
    {
        if (!found.TryAdd(caught.Finding.Rule, caught)) return;
        List<FuzzInput> small = [.. caught.Inputs];
        for (var at = 0; at < small.Count; at++)
        {
            var index = at;
            small[at] = await new Shrinker(smaller => ShowsAsync([.. small.Select((other, place) => place == index ? smaller : other)], caught.Finding.Rule), ShrinkingAttempts / small.Count).ShrinkAsync(small[at]);
        }
        var shrunk = caught with { Inputs = small };
        found[caught.Finding.Rule] = shrunk;
        Report?.Invoke(shrunk);
    }

    private async ValueTask<bool> ShowsAsync(IReadOnlyList<FuzzInput> inputs, string rule)
    {
        Current = inputs[0];
        return await target.RunAloneAsync(inputs) is { } finding && finding.Rule == rule;
    }
}
