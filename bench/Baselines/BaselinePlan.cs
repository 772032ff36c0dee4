namespace IntegrationHub.Bench.Baselines;

/// <summary>What a baseline is, as its process is told.</summary>
/// <param name="Kind">One of <see cref="BaselineKinds"/>.</param>
/// <param name="File">Its database, where it has one.</param>
/// <param name="Customers">How many customers it knows from the beginning, where it knows any.</param>
/// <param name="Seed">What they are drawn from.</param>
internal sealed record BaselinePlan(string Kind, string File, long Customers, int Seed)
{
    public string[] Arguments => [Kind, File, $"{Customers}", $"{Seed}"];

    public static BaselinePlan Of(string[] arguments) => new(arguments[0], arguments[1], long.Parse(arguments[2]), int.Parse(arguments[3]));
}

/// <summary>The servers that the hub is compared with: each does what the one before does, and one thing more.</summary>
internal static class BaselineKinds
{
    /// <summary>A plain socket that answers each request at once.</summary>
    public const string Answer = "answer";

    /// <summary>Bare Kestrel that reads the body and checks its signature.</summary>
    public const string Hmac = "hmac";

    /// <summary>The same, and the body is on disk before the answer.</summary>
    public const string Append = "append";

    /// <summary>The same, with the person and the order in place of the body.</summary>
    public const string Upsert = "upsert";
}
