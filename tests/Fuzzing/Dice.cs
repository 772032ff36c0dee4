using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Fuzzing;

/// <summary>Chance that a seed decides: the same seed, name and questions give the same answers everywhere.</summary>
internal sealed class Dice(int seed, string name)
{
    private readonly Random random = new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {name}"))));

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => random.Next(limit);

    /// <summary>A number from 0 to the limit, a small one more often.</summary>
    public int Small(int limit) => random.Next(1 + random.Next(1 + limit));

    public bool OneIn(int times) => random.Next(times) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
