using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace IntegrationHub.Hub.Storage;

/// <summary>A PostgreSQL database that another database is copied into, over connections of its own. Nobody else may write to it meanwhile.</summary>
internal sealed class MigrationTarget : IDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnection writing;
    private readonly PostgresErrors errors;

    private MigrationTarget(NpgsqlDataSource source, NpgsqlConnection writing, PostgresErrors errors)
    {
        this.source = source;
        this.writing = writing;
        this.errors = errors;
    }

    /// <summary>What to call it, safe to show.</summary>
    public string Name => errors.Database;

    /// <summary>Opens a database to copy into, and makes its tables when it has none.</summary>
    /// <param name="from">A name of what is copied, by which a migration that was broken off is known again.</param>
    /// <exception cref="StorageException">It can't be used, holds something else, or another migration is at it.</exception>
    public static MigrationTarget Open(string connectionString, string from)
    {
        using var server = new PostgresServer(connectionString);
        PostgresSchema.Migrate(server);
        var source = PostgresServer.SourceOf(connectionString);
        var target = new MigrationTarget(source, source.OpenConnection(), server.Errors);
        try
        {
            target.Begin(from);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    public bool IsEmpty(string table) => Scalar($"select not exists (select 1 from {table})") is true;

    /// <summary>Fills a table that is empty, in one transaction.</summary>
    public void Fill(MigratedTable table, IEnumerable<object[]> rows)
    {
        using var importer = writing.BeginBinaryImport($"copy {table.Name} ({table.ColumnList}) from stdin (format binary)");
        foreach (var row in rows) Write(importer, row);
        importer.Complete();
    }

    /// <summary>Begins to bring tables up to date: all of them at once, for rows may have changed hands between them.</summary>
    public void BeginChanges() => Run("begin; set constraints all deferred");

    /// <summary>Notes which rows of a table differ from these, which come in the order of the key.</summary>
    /// <returns>How many differ.</returns>
    public long Note(MigratedTable table, IEnumerable<object[]> rows)
    {
        Run($"create temp table changed_{table.Name} (like {table.Name}) on commit drop; create temp table gone_{table.Name} on commit drop as select {table.KeyList} from {table.Name} limit 0");
        var (changed, gone) = (0L, 0L);
        using var others = source.OpenConnection();
        using (var importer = writing.BeginBinaryImport($"copy changed_{table.Name} ({table.ColumnList}) from stdin (format binary)"))
        {
            foreach (var (row, other) in MigratedTable.Join(table, rows, Rows(others, table)))
            {
                if (row is null || (other is not null && MigratedTable.AreEqual(row, other))) continue;
                Write(importer, row);
                changed++;
            }
            importer.Complete();
        }
        using (var importer = writing.BeginBinaryImport($"copy gone_{table.Name} ({table.KeyList}) from stdin (format binary)"))
        {
            foreach (var (row, other) in MigratedTable.Join(table, rows, Rows(others, table)))
            {
                if (row is not null || other is null) continue;
                Write(importer, table.KeyOf(other));
                gone++;
            }
            importer.Complete();
        }
        return changed + gone;
    }

    /// <summary>Makes the noted changes in all of these tables: first what goes and what was changed is removed, for a name may have moved from one row to another.</summary>
    public void Change(IReadOnlyList<MigratedTable> tables)
    {
        foreach (var table in tables)
        {
            Run($"delete from {table.Name} where ({table.KeyList}) in (select {table.KeyList} from gone_{table.Name})");
            Run($"delete from {table.Name} where ({table.KeyList}) in (select {table.KeyList} from changed_{table.Name})");
        }
        foreach (var table in tables) Run($"insert into {table.Name} ({table.ColumnList}) select {table.ColumnList} from changed_{table.Name}");
        Run("commit");
    }

    /// <summary>Gives out keys from where the copied ones end, and lets hubs serve the database.</summary>
    public void Complete(IEnumerable<MigratedTable> tables, DateTimeOffset at)
    {
        foreach (var table in tables.Where(table => table.Identity is not null))
            Run($"select setval(pg_get_serial_sequence('{table.Name}', '{table.Identity}'), {table.Last + 1}, false)");
        DeferConstraints(deferred: false);
        Run("analyze");
        Run($"update migration set completed_at = {at.ToDb()}");
    }

    public void Dispose()
    {
        writing.Dispose();
        source.Dispose();
    }

    private void Begin(string from)
    {
        if (Scalar($"select pg_try_advisory_lock({PostgresLocks.Migration})") is not true)
            throw new StorageException($"Another migration into the database {Name} is under way. Wait until it has ended, or stop it.", new InvalidOperationException());
        var (begun, completed) = (Scalar("select source from migration") as string, Scalar("select completed_at from migration") is long);
        if (begun is null && Schema.Tables.Where(table => table is not "migration").FirstOrDefault(table => !IsEmpty(table)) is { } filled)
            throw new StorageException($"The database {Name} is not empty: its table {filled} holds rows that no migration has put there. Name an empty database; createdb makes one.", new InvalidOperationException());
        if (begun is not null && begun != from) throw new StorageException($"The database {Name} is the target of a migration from another hub. Name an empty database; createdb makes one.", new InvalidOperationException());
        if (completed) throw new StorageException($"The migration into the database {Name} is complete. Set Hub:Database to it and start the hub.", new InvalidOperationException());
        if (begun is null) Run($"insert into migration (source) values ('{from}')");
        DeferConstraints(deferred: true);
    }

    // References are checked at the end of a transaction while a migration is under way.
    private void DeferConstraints(bool deferred) => Run(
        $"""
        do $$ declare reference record; begin
            for reference in select conrelid::regclass as owner, conname from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace loop
                execute format('alter table %s alter constraint %I {(deferred ? "deferrable" : "not deferrable")}', reference.owner, reference.conname);
            end loop;
        end $$
        """);

    private static IEnumerable<object[]> Rows(NpgsqlConnection connection, MigratedTable table)
    {
#pragma warning disable CA2100 // Names of the schema only.
        using var command = new NpgsqlCommand($"select {table.ColumnList} from {table.Name} order by {table.KeyList}", connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private static void Write(NpgsqlBinaryImporter importer, object[] row)
    {
        importer.StartRow();
        foreach (var value in row)
        {
            if (value is long number) importer.Write(number, NpgsqlDbType.Bigint);
            else if (value is string text) importer.Write(text, NpgsqlDbType.Text);
            else if (value is byte[] bytes) importer.Write(bytes, NpgsqlDbType.Bytea);
            else importer.WriteNull();
        }
    }

    private void Run(string sql) => Command(sql, command => command.ExecuteNonQuery());

    private object? Scalar(string sql) => Command(sql, command => command.ExecuteScalar());

    private T Command<T>(string sql, Func<NpgsqlCommand, T> run)
    {
#pragma warning disable CA2100 // Names of the schema, numbers and hashes only.
        using var command = new NpgsqlCommand(sql, writing) { CommandTimeout = 0 };
#pragma warning restore CA2100
        try
        {
            return run(command);
        }
        catch (DbException exception) when (errors.Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
    }
}
