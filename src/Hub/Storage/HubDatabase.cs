using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Storage;

/// <summary>Where the hub keeps what it knows: what <c>Hub:Database</c> says. Not a record: a record would print the password.</summary>
internal abstract class HubDatabase
{
    /// <summary>What <c>Hub:Database</c> says for the embedded database.</summary>
    public const string Embedded = "sqlite";

    /// <summary>What is said of a value that is neither.</summary>
    public const string Unreadable = "Hub:Database has a value that is not supported; write sqlite, or a connection string of PostgreSQL such as Host=db.example.com;Database=hub;Username=hub;Password=…";

    private HubDatabase() { }

    /// <summary>Whether the database is a server's, so that several processes can share it.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Whether there is a database to look at.</summary>
    public abstract bool Exists { get; }

    /// <summary>What to call it, safe to show.</summary>
    public abstract string Name { get; }

    public static HubDatabase Of(HubOptions options) => options.Database == Embedded ? In(options.DataDirectory) : new Server(options.Database);

    /// <summary>The embedded database of a data directory.</summary>
    public static HubDatabase In(string dataDirectory) => new File(DataDirectory.DatabaseIn(dataDirectory));

    /// <summary>Opens it for the hub that serves, creates what is absent, and brings the schema up to date.</summary>
    /// <exception cref="StorageException">It can't be opened, or is of a newer hub.</exception>
    public abstract IDatabase Open();

    /// <summary>Opens it for writing beside the hub that serves.</summary>
    /// <exception cref="StorageException">It can't be opened, or is of a newer hub.</exception>
    public abstract IDatabase OpenBeside();

    /// <summary>Opens it for reading, beside a hub that may be running.</summary>
    /// <exception cref="StorageException">It is not there, or of another version.</exception>
    public abstract DbSession OpenReader();

    private sealed class File(string file) : HubDatabase
    {
        public override bool IsShared => false;

        public override bool Exists => System.IO.File.Exists(file);

        public override string Name => file;

        public override IDatabase Open() => SqliteDatabase.Open(file);

        public override IDatabase OpenBeside() => SqliteDatabase.OpenBeside(file);

        public override DbSession OpenReader() => SqliteDatabase.OpenReader(file);
    }

    private sealed class Server(string connectionString) : HubDatabase
    {
        public override bool IsShared => true;

        public override bool Exists => true;

        public override string Name => new PostgresErrors(new Npgsql.NpgsqlConnectionStringBuilder(connectionString)).Database;

        public override IDatabase Open() => PostgresDatabase.Open(connectionString);

        public override IDatabase OpenBeside() => PostgresDatabase.Open(connectionString);

        public override DbSession OpenReader()
        {
            var session = PostgresServer.OpenAlone(connectionString);
            try
            {
                PostgresSchema.RequireCurrent(session, Name);
                PostgresSchema.RequireComplete(session, Name);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
    }
}
