using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>The statements over what was signed: decision 0017.</summary>
internal static class NonceTables
{
    extension(DbSession session)
    {
        /// <summary>Remembers what was signed.</summary>
        /// <returns>False when the same was signed before, and is still remembered.</returns>
        public bool TryKeepNonce(string connection, Nonce nonce, DateTimeOffset now) => session.Execute(
            """
            insert into nonce (connection, hash, expires_at) values ($connection, $hash, $expires)
            on conflict (connection, hash) do update set expires_at = excluded.expires_at where nonce.expires_at <= $now
            """, ("$connection", connection), ("$hash", nonce.Hash), ("$expires", nonce.ExpiresAt.ToDb()), ("$now", now.ToDb())) == 1;

        /// <summary>Forgets what was signed: it is not stored after all.</summary>
        public void ForgetNonce(string connection, Nonce nonce) => session.Post(
            "delete from nonce where connection = $connection and hash = $hash", ("$connection", connection), ("$hash", nonce.Hash));

        /// <summary>Forgets what has expired, a batch at a time.</summary>
        /// <returns>How many were forgotten.</returns>
        public int ForgetNonces(DateTimeOffset now, int limit) => session.Execute(
            "delete from nonce where (connection, hash) in (select connection, hash from nonce where expires_at <= $now limit $limit)",
            ("$now", now.ToDb()), ("$limit", limit));
    }
}
