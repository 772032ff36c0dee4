using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationHub.Bench.Backlog;

/// <summary>Gives the people of a simulation phone numbers and visitor ids of their own: those of two simulations are the same, and one that hundreds share is another measurement.</summary>
/// <param name="first">How many people have some already, 0 or more.</param>
internal sealed partial class Strangers(int first)
{
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);

    /// <summary>A form answer of somebody else; what was the same in two answers is the same again.</summary>
    public ReadOnlyMemory<byte> Rename(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetBytes(Name().Replace(Encoding.UTF8.GetString(body.Span), told =>
    {
        if (!given.TryGetValue(told.Value, out var name)) given.Add(told.Value, name = told.ValueSpan[0] == '+' ? $"+49151{20_000_000 + first + given.Count}" : $"v-{100_000 + first + given.Count}");
        return name;
    }));

    [GeneratedRegex(@"(?<=""phone_number"":\s*"")\+[0-9]+|(?<=""visitor_id"":\s*"")v-[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
