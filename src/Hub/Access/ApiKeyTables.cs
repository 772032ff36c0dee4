using System.Data.Common;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Access;

/// <summary>The statements over the keys of the API.</summary>
internal static class ApiKeyTables
{
    private const string Columns = "key_id, name, role, created_at, created_by, used_at, revoked_at, revoked_by";

    extension(DbSession session)
    {
        public void InsertKey(ApiKeyText key, string name, Role role, DateTimeOffset at, string by) => session.Execute(
            "insert into api_key (key_id, secret_hash, name, role, created_at, created_by) values ($id, $hash, $name, $role, $at, $by)",
            ("$id", key.Id), ("$hash", key.SecretHash), ("$name", name), ("$role", RoleText.Write(role)), ("$at", at.ToDb()), ("$by", by));

        /// <summary>A key and the hash of its secret, revoked ones too.</summary>
        public (ApiKey Key, byte[] SecretHash)? FindKey(string id) => session.First(
            $"select {Columns}, secret_hash from api_key where key_id = $id", row => ((ApiKey, byte[])?)(Read(row), row.Bytes(8)), ("$id", id));

        /// <summary>All keys, the newest first, revoked ones too.</summary>
        public List<ApiKey> AllKeys() => session.Query($"select {Columns} from api_key order by created_at desc, key_id", Read);

        public void NoteUse(string id, DateTimeOffset at) => session.Execute("update api_key set used_at = $at where key_id = $id", ("$at", at.ToDb()), ("$id", id));

        /// <returns>The key; null when there is none, or it is revoked already.</returns>
        public ApiKey? RevokeKey(string id, DateTimeOffset at, string by) => session.First(
            $"update api_key set revoked_at = $at, revoked_by = $by where key_id = $id and revoked_at is null returning {Columns}",
            Read, ("$at", at.ToDb()), ("$by", by), ("$id", id));
    }

    private static ApiKey Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), RoleText.Read(row.GetString(2)) ?? throw new InvalidDataException("A key has a role that this hub does not know."),
        row.Time(3), row.GetString(4), row.IsDBNull(5) ? null : row.Time(5), row.IsDBNull(6) ? null : row.Time(6), row.Text(7));
}
