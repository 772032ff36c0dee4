using System.Diagnostics;
using IntegrationHub.Bench.Record;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>What a baseline is, as its process is told.</summary>
/// <param name="Kind">One of <see cref="BaselineKinds"/>.</param>
/// <param name="Payload">What it takes.</param>
/// <param name="Database">Its database, where it has one: a file, or how to connect to it.</param>
/// <param name="Customers">How many customers it knows from the beginning, where it knows any.</param>
/// <param name="Seed">What they are drawn from.</param>
internal sealed record BaselinePlan(string Kind, Payload Payload, string Database, long Customers, int Seed)
{
    public string[] Arguments => [Kind, $"{Payload}", Database, $"{Customers}", $"{Seed}"];

    /// <summary>Whether its database is a file of its own.</summary>
    public bool HasFile => Kind is BaselineKinds.Append or BaselineKinds.Upsert;

    /// <summary>The customers that it knows from the beginning.</summary>
    public IEnumerable<PlainFacts> Known()
    {
        var mix = new Mix(Seed);
        for (var number = 0L; number < Customers; number++)
        {
            var known = mix.Named(number);
            yield return new PlainFacts(known.Identifiers[1].Value, DateTimeOffset.UnixEpoch) { CustomerId = long.Parse(known.Identifiers[0].Value), FirstName = known.FirstName, LastName = known.LastName };
        }
    }

    public static BaselinePlan Of(string[] arguments) => new(arguments[0], Enum.Parse<Payload>(arguments[1]), arguments[2], long.Parse(arguments[3]), int.Parse(arguments[4]));
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

    /// <summary>The same, with the person, and the order where there is one.</summary>
    public const string Upsert = "upsert";

    /// <summary>The same on a server of PostgreSQL.</summary>
    public const string UpsertOnPostgres = "upsert-postgres";

    /// <summary>What a kind does, for those who read the tables.</summary>
    public static string About(string kind) => kind switch
    {
        Answer => "a plain socket that answers at once, the limit of the driver",
        Hmac => "bare Kestrel that checks the signature",
        Append => "the same, and stores the body before it answers, one commit for all that wait",
        Upsert => "the same, and parses the body and stores the person, and the order where there is one",
        UpsertOnPostgres => "the same on PostgreSQL: two connections, each with one commit for all that wait, the statements in one round trip",
        _ => throw new UnreachableException(),
    };
}
