using System.Diagnostics;
using IntegrationHub.Fuzzing.Mutators;

namespace IntegrationHub.Fuzzing;

/// <summary>Makes an input small that shows something, as long as it goes on showing it.</summary>
/// <param name="shows">Whether an input still shows it.</param>
/// <param name="attempts">How many inputs to try at most.</param>
internal sealed class Shrinker(Func<FuzzInput, ValueTask<bool>> shows, int attempts)
{
    // What is slow to try is made smaller as far as this goes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int left = attempts;

    private bool IsOver => left <= 0 || watch.Elapsed > Patience;

    /// <summary>The smallest that was found.</summary>
    public async Task<FuzzInput> ShrinkAsync(FuzzInput input)
    {
        var before = int.MaxValue;
        while (input.Size < before && !IsOver)
        {
            before = input.Size;
            input = await WithoutHeadersAsync(input);
            input = await WithoutPartsAsync(input);
            input = await WithoutBytesAsync(input);
        }
        return input;
    }

    private async Task<FuzzInput> WithoutHeadersAsync(FuzzInput input)
    {
        for (var at = input.Headers.Count - 1; at >= 0; at--)
            input = await BetterAsync(input, input with { Headers = [.. input.Headers.Where((_, index) => index != at)] });
        return input;
    }

    // Large parts first: what goes with them need not be tried.
    private async Task<FuzzInput> WithoutPartsAsync(FuzzInput input)
    {
        for (var at = 0; Document.Of(input.Body) is { } document && at < document.Parts.Count && !IsOver; at++)
        {
            var part = document.Parts.OrderByDescending(part => part.Whole.Length).ElementAt(at);
            var smaller = await BetterAsync(input, input with { Body = document.Without(part) });
            if (smaller != input) at--;
            input = smaller;
        }
        return input;
    }

    private async Task<FuzzInput> WithoutBytesAsync(FuzzInput input)
    {
        for (var length = input.Body.Length / 2; length > 0 && !IsOver; length /= 2)
        {
            for (var start = 0; start < input.Body.Length && !IsOver;)
            {
                var smaller = await BetterAsync(input, input with { Body = ByteMutator.Replace(input.Body, start, Math.Min(input.Body.Length, start + length), []) });
                if (smaller == input) start += length;
                input = smaller;
            }
        }
        return input;
    }

    private async Task<FuzzInput> BetterAsync(FuzzInput input, FuzzInput smaller) =>
        smaller.Size < input.Size && !IsOver && left-- > 0 && await shows(smaller) ? smaller : input;
}
