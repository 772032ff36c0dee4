using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>The statements over what was signed: decision 0017.</summary>
internal static class NonceTables
{
    extension(DbSession session)
    {
        /// <summary>Whether the same was signed before, and is still remembered.</summary>
        public bool KnowsNonce(string connection, Nonce nonce, DateTimeOffset now) => session.First(
            "select 1 from nonce where connection = $connection and hash = $hash and expires_at > $now",
            row => row.GetInt64(0), ("$connection", connection), ("$hash", nonce.Hash), ("$now", now.ToDb())) == 1;

        public void KeepNonce(string connection, Nonce nonce) => session.Execute(
            """
            insert into nonce (connection, hash, expires_at) values ($connection, $hash, $expires)
            on conflict (connection, hash) do update set expires_at = excluded.expires_at
            """, ("$connection", connection), ("$hash", nonce.Hash), ("$expires", nonce.ExpiresAt.ToDb()));

        /// <summary>Forgets what has expired, a batch at a time.</summary>
        /// <returns>How many were forgotten.</returns>
        public int ForgetNonces(DateTimeOffset now, int limit) => session.Execute(
            "delete from nonce where (connection, hash) in (select connection, hash from nonce where expires_at <= $now limit $limit)",
            ("$now", now.ToDb()), ("$limit", limit));
    }
}
