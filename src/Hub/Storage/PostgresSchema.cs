namespace IntegrationHub.Hub.Storage;

/// <summary>Brings a PostgreSQL database to the version of <see cref="Schema"/>. Any number of processes may do it at once.</summary>
internal static class PostgresSchema
{
    /// <exception cref="StorageException">It is of a newer hub, or holds the tables of something else.</exception>
    public static void Migrate(PostgresServer server)
    {
        using var session = server.Open();
        session.Execute("select pg_advisory_lock($key)", ("$key", PostgresLocks.Schema));
        try
        {
            session.Execute("create table if not exists schema_version (version bigint not null)");
            var version = Version(session);
            Schema.RequireKnown(version, server.Errors.Database);
            for (; version < Schema.Version; version++) Step(session, version);
        }
        finally
        {
            session.TryUnlock(PostgresLocks.Schema);
        }
    }

    /// <exception cref="StorageException">It is of another version.</exception>
    public static void RequireCurrent(DbSession session, string database) => Schema.RequireCurrent(Version(session), database);

    /// <exception cref="StorageException">A migration into it has not come to its end.</exception>
    public static void RequireComplete(DbSession session, string database)
    {
        if (session.First("select 1 from migration where completed_at is null", row => row.GetInt32(0)) == 1)
            throw new StorageException($"The database {database} is the target of a migration that has not come to its end. Run the same migrate command again, or create the database anew.", new InvalidDataException());
    }

    private static void Step(PostgresSession session, int version)
    {
        session.Begin();
        try
        {
            foreach (var statement in PostgresDialect.Step(version)) session.Execute(statement);
            session.Execute("delete from schema_version");
            session.Execute("insert into schema_version (version) values ($version)", ("$version", version + 1));
            session.Commit(null);
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }

    private static int Version(DbSession session) => session.First("select version from schema_version", row => row.GetInt32(0));
}

/// <summary>The advisory locks of the hub in its database; the numbers are arbitrary and never change.</summary>
internal static class PostgresLocks
{
    /// <summary>Whoever changes the tables holds it.</summary>
    public const long Schema = 0x4875_6200;

    /// <summary>Whoever changes the record holds it.</summary>
    public const long Record = 0x4875_6201;

    /// <summary>Whoever copies another database into it holds it.</summary>
    public const long Migration = 0x4875_6202;
}
