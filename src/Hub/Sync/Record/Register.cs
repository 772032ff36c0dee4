using System.Text.Json.Serialization;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>A value that the latest claim sets. Claims offered in any order, and any of them twice, end in the same value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Stamp">When it was claimed, and by which event.</param>
/// <param name="Rank">The stage that the claim tells of. Vendors' clocks are coarse: of two claims at the same time the later stage counts.</param>
internal sealed record Register<T>(T Value, Stamp Stamp, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Rank = 0);

/// <summary>Offers claims to registers.</summary>
internal static class Register
{
    /// <summary>The register after a claim; an unknown value claims nothing.</summary>
    public static Register<T>? Offer<T>(this Register<T>? held, T? value, Stamp stamp, int rank = 0) where T : class =>
        value is null || Keeps(held, stamp, rank) ? held : new Register<T>(value, stamp, rank);

    /// <summary>The register after a claim; an unknown value claims nothing.</summary>
    public static Register<T>? Offer<T>(this Register<T>? held, T? value, Stamp stamp, int rank = 0) where T : struct =>
        value is not { } known || Keeps(held, stamp, rank) ? held : new Register<T>(known, stamp, rank);

    /// <summary>The register after another one's claim.</summary>
    public static Register<T>? Combine<T>(Register<T>? one, Register<T>? other) =>
        other is null || Keeps(one, other.Stamp, other.Rank) ? one : other;

    private static bool Keeps<T>(Register<T>? held, Stamp stamp, int rank)
    {
        if (held is null) return false;
        var byTime = (held.Stamp.At ?? long.MinValue).CompareTo(stamp.At ?? long.MinValue);
        if (byTime != 0) return byTime > 0;
        return held.Rank != rank ? held.Rank > rank : held.Stamp >= stamp;
    }
}
