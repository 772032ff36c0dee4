using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>The statements over what was signed: decision 0017.</summary>
internal static class NonceTables
{
    private const string KeepSql =
        """
        insert into nonce (connection, hash, expires_at) values ($connection, $hash, $expires)
        on conflict (connection, hash) do update set expires_at = excluded.expires_at where nonce.expires_at <= $now
        """;

    extension(DbSession session)
    {
        /// <summary>Remembers what was signed.</summary>
        /// <returns>False when the same was signed before, and is still remembered.</returns>
        public bool TryKeep(Nonce nonce, DateTimeOffset expiresAt, DateTimeOffset now) => session.Execute(
            KeepSql, ("$connection", nonce.Connection), ("$hash", nonce.Hash.ToDb()), ("$expires", expiresAt.ToDb()), ("$now", now.ToDb())) == 1;

        /// <summary>The same for many.</summary>
        /// <param name="nonces">Each only once.</param>
        /// <returns>Those that were not signed before, or are remembered no longer.</returns>
        public HashSet<Nonce> TryKeep(IReadOnlyList<(Nonce Nonce, DateTimeOffset ExpiresAt)> nonces, DateTimeOffset now) => [.. session.QueryEach(
            KeepSql + " returning connection, hash", row => new Nonce(row.GetString(0), row.Id(1)), nonces,
            given => [("$connection", given.Nonce.Connection), ("$hash", given.Nonce.Hash.ToDb()), ("$expires", given.ExpiresAt.ToDb())], ("$now", now.ToDb()))];

        /// <summary>Forgets what was signed: it is not stored after all.</summary>
        public void Forget(Nonce nonce) => session.Post(
            "delete from nonce where connection = $connection and hash = $hash", ("$connection", nonce.Connection), ("$hash", nonce.Hash.ToDb()));

        /// <summary>Forgets what has expired, a batch at a time.</summary>
        /// <returns>How many were forgotten.</returns>
        public int ForgetNonces(DateTimeOffset now, int limit) => session.Execute(
            "delete from nonce where (connection, hash) in (select connection, hash from nonce where expires_at <= $now limit $limit)",
            ("$now", now.ToDb()), ("$limit", limit));
    }
}
