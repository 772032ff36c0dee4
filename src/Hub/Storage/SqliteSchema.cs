using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Storage;

/// <summary>Brings a file to the version of <see cref="Schema"/>.</summary>
internal static class SqliteSchema
{
    /// <exception cref="StorageException">It is of a newer hub.</exception>
    public static void Migrate(SqliteConnection connection, string file)
    {
        var version = Version(connection);
        Schema.RequireKnown(version, file);
        for (; version < Schema.Version; version++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the schema only.
            command.CommandText = Schema.Steps[version] + $"; pragma user_version = {version + 1};";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <exception cref="StorageException">It is of another version.</exception>
    public static void RequireCurrent(DbSession session, string file) =>
        Schema.RequireCurrent(session.First("pragma user_version", row => row.GetInt32(0)), file);

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
