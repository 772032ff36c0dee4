using Microsoft.Data.Sqlite;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Keeps bodies as they came, one after the other.</summary>
internal sealed class BodyLog : IKeeper
{
    public const string Schema = "create table body (body_key integer primary key, body blob not null) strict";

    public const string Insert = "insert into body (body) values ($body)";

    private readonly PlainDatabase database;
    private readonly SqliteCommand insert;
    private readonly GroupCommit<byte[]> bodies;

    public BodyLog(string file)
    {
        database = new PlainDatabase(file, Schema);
        insert = database.Prepare(Insert, "$body");
        bodies = database.CommitGroups<byte[]>(Keep);
    }

    public Task KeepAsync(byte[] body) => bodies.StoreAsync(body);

    public async ValueTask DisposeAsync()
    {
        await bodies.DisposeAsync();
        await database.DisposeAsync();
    }

    private void Keep(byte[] body)
    {
        insert.Parameters[0].Value = body;
        insert.ExecuteNonQuery();
    }
}
