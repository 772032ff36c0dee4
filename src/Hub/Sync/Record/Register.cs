namespace IntegrationHub.Hub.Sync.Record;

/// <summary>A value that the latest claim sets. Claims offered in any order, and any of them twice, end in the same value.</summary>
internal sealed record Register<T>(T Value, Stamp Stamp);

/// <summary>Offers claims to registers.</summary>
internal static class Register
{
    /// <summary>The register after a claim; an unknown value claims nothing.</summary>
    public static Register<T>? Offer<T>(this Register<T>? held, T? value, Stamp stamp) where T : class =>
        value is null || (held is not null && held.Stamp >= stamp) ? held : new Register<T>(value, stamp);

    /// <summary>The register after a claim; an unknown value claims nothing.</summary>
    public static Register<T>? Offer<T>(this Register<T>? held, T? value, Stamp stamp) where T : struct =>
        value is not { } known || (held is not null && held.Stamp >= stamp) ? held : new Register<T>(known, stamp);

    /// <summary>The register after another one's claim.</summary>
    public static Register<T>? Combine<T>(Register<T>? one, Register<T>? other) =>
        one is null ? other : other is null || one.Stamp >= other.Stamp ? one : other;
}
