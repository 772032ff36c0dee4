using System.Diagnostics;

namespace IntegrationHub.Fuzzing;

/// <summary>Something that must not be.</summary>
/// <param name="Rule">Which rule is broken, and where: the same for each input that shows the same fault.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record Finding(string Rule, string Detail)
{
    /// <summary>An exception that should have been a result. What counts as the same fault is its kind and the first place of our own code.</summary>
    public static Finding Of(Exception exception)
    {
        var place = new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => IsOurs(method?.DeclaringType));
        return new Finding($"throws {exception.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}", exception.ToString());
    }

    private static bool IsOurs(Type? type) => type?.FullName is { } name && name.StartsWith("IntegrationHub.", StringComparison.Ordinal) && !name.StartsWith("IntegrationHub.Fuzzing", StringComparison.Ordinal);
}

/// <summary>A finding with the inputs that show it: one, or several that only show it together.</summary>
internal sealed record Caught(Finding Finding, IReadOnlyList<FuzzInput> Inputs);

/// <summary>What came of an input.</summary>
/// <param name="Features">What it reached, as short texts: kinds of events, reasons of refusals. One that is new makes the input worth mutating further.</param>
/// <param name="Finding">The fault; null when all is as it must be.</param>
internal sealed record Outcome(IReadOnlyCollection<string> Features, Finding? Finding)
{
    public static Outcome Broken(Finding finding) => new([], finding);
}
