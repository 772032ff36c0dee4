using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Storage;

/// <summary>The scheduler's own file. What it holds follows from elsewhere: one that is damaged, or that another release made, is begun anew.</summary>
internal static class SqliteScheduleFile
{
    public const string Name = "jobs.db";

    // Raised when a release of Quartz brings other tables: it creates them, and alters none.
    private const long Release = 1;

    /// <summary>The file in a data directory, sound or new.</summary>
    public static DbDataSource Open(string directory)
    {
        var file = Path.Combine(directory, Name);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        if (!IsSound(connectionString))
        {
            foreach (var suffix in (string[])["", "-journal", "-wal", "-shm"]) File.Delete(file + suffix);
            PrivateFile.Touch(file);
            using var created = Session(connectionString);
            created.Execute("pragma user_version = 1");
        }
        return SqliteFactory.Instance.CreateDataSource(connectionString);
    }

    private static bool IsSound(string connectionString)
    {
        try
        {
            using var session = Session(connectionString);
            return session.First("pragma user_version", row => row.GetInt64(0)) == Release
                && session.First("pragma quick_check", row => row.GetString(0)) == "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static SqliteSession Session(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return new SqliteSession(connection);
    }
}
