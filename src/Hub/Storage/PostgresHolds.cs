namespace IntegrationHub.Hub.Storage;

/// <summary>What this process has taken for itself, as advisory locks over a connection of their own: the server lets go of them when the process or the connection ends.</summary>
internal sealed class PostgresHolds(PostgresServer server) : IDisposable
{
    private readonly Lock access = new();
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private PostgresSession? session;

    /// <inheritdoc cref="IDatabase.TryHold"/>
    public bool TryHold(string what)
    {
        lock (access)
        {
            try
            {
                session ??= server.Open();
                if (held.Contains(what)) return session.First("select true", row => row.GetBoolean(0));
                if (!session.First("select pg_try_advisory_lock(hashtextextended($what, 0))", row => row.GetBoolean(0), ("$what", what))) return false;
                return held.Add(what);
            }
            catch (StorageException)
            {
                Close();
                throw;
            }
        }
    }

    /// <inheritdoc cref="IDatabase.LetGo"/>
    public void LetGo(string what)
    {
        lock (access)
        {
            if (!held.Remove(what)) return;
            try
            {
                session?.First("select pg_advisory_unlock(hashtextextended($what, 0))", row => row.GetBoolean(0), ("$what", what));
            }
            catch (StorageException)
            {
                // The connection is gone, and all that it held with it.
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (access) Close();
    }

    private void Close()
    {
        session?.Discard();
        session = null;
        held.Clear();
    }
}
