namespace IntegrationHub.Fuzzing.Targets;

/// <summary>What must hold for every answer of the hub.</summary>
internal static class ApiRules
{
    private static readonly string[] Insides = ["   at IntegrationHub", "   at System.", "   at Microsoft.", "Exception:", "at line "];

    /// <summary>The rule that an answer breaks; null when it keeps all.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="line">Method and path that were asked.</param>
    /// <param name="secrets">What no answer may hold.</param>
    public static Finding? Broken(RawAnswer answer, string line, IEnumerable<string> secrets)
    {
        var detail = $"{line}\n{answer.Status} {string.Join("; ", answer.Headers)}\n{answer.Text}";
        if (answer.Status == 0) return null;
        if (answer.Status >= 500 && !IsAllowed(answer)) return new Finding($"answers {answer.Status} to {Place(line)}", detail);
        if (Insides.Any(inside => answer.Text.Contains(inside, StringComparison.Ordinal))) return new Finding("an answer tells of the hub's insides", detail);
        if (secrets.Any(secret => detail.Contains(secret, StringComparison.Ordinal))) return new Finding("an answer holds a secret", detail);
        if (line.StartsWith("HEAD", StringComparison.Ordinal) || !answer.IsOfHub) return null;
        if (answer.Status >= 400 && !IsProblem(answer) && !IsOfConnector(line)) return new Finding($"answers {answer.Status} without saying what is wrong", detail);
        return answer.MediaType.EndsWith("json", StringComparison.Ordinal) && answer.Json() is null ? new Finding("an answer is not the JSON that it says", detail) : null;
    }

    // Method and path, without what differs from one to the next.
    private static string Place(string line) => EventRules.Blank(string.Join('/', line.Split('?')[0].Split('/').Take(4).Select(part => Guid.TryParse(part, out _) ? "id" : part)));

    // What can't be stored now, a connection that is switched off, and what no server has to understand.
    private static bool IsAllowed(RawAnswer answer) => answer.Status switch
    {
        501 or 505 => !answer.IsOfHub,
        503 => answer.Headers.ContainsKey("Retry-After"),
        _ => false,
    };

    private static bool IsProblem(RawAnswer answer) =>
        answer.MediaType == "application/problem+json" && answer.Json() is { } problem && problem.TryGetProperty("status", out var status) && status.GetInt32() == answer.Status;

    // Some vendors want answers of their own.
    private static bool IsOfConnector(string line) => !line.Contains(" /api", StringComparison.OrdinalIgnoreCase);
}
