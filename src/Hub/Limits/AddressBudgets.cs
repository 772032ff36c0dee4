namespace IntegrationHub.Hub.Limits;

/// <summary>How often each address may still do something: a budget that fills up again with time, one for each address in a fixed amount of memory.</summary>
/// <remarks>
/// Budgets stand in two rows at places that a hash says, and an address has one left while either row has. A flood of addresses therefore costs no memory;
/// somebody who shares both places with others of the flood is counted together with them, which the callers of this class must be able to live with.
/// </remarks>
/// <param name="burst">How often at once.</param>
/// <param name="interval">How long until one more.</param>
internal sealed class AddressBudgets(double burst, TimeSpan interval, TimeProvider time)
{
    private const int Places = 1 << 14;

    private readonly Lock access = new();
    private readonly Budget[] first = new Budget[Places];
    private readonly Budget[] second = new Budget[Places];

    /// <summary>Takes one of the address's budget.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryTake(string address)
    {
        var (one, other) = PlacesOf(address);
        lock (access)
        {
            var now = time.GetTimestamp();
            var taken = Take(ref first[one], now);
            return Take(ref second[other], now) || taken;
        }
    }

    /// <summary>Whether there is one left.</summary>
    public bool Has(string address)
    {
        var (one, other) = PlacesOf(address);
        lock (access)
        {
            var now = time.GetTimestamp();
            return Left(first[one], now) >= 1 || Left(second[other], now) >= 1;
        }
    }

    // Hashes of texts differ from process to process: nobody can choose addresses that share a place with somebody else's.
    private static (int One, int Other) PlacesOf(string address)
    {
        var hash = address.GetHashCode(StringComparison.Ordinal);
        return (hash & (Places - 1), (hash >>> 16) & (Places - 1));
    }

    private bool Take(ref Budget budget, long now)
    {
        var left = Left(budget, now);
        if (left < 1) return false;
        budget = new Budget(burst - left + 1, now);
        return true;
    }

    private double Left(Budget budget, long now) => burst - Math.Max(0, budget.Spent - (time.GetElapsedTime(budget.At, now) / interval));

    private readonly record struct Budget(double Spent, long At);
}
