using System.Data.Common;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Privacy;

/// <summary>A line of the audit: what was done or asked for, without personal data.</summary>
/// <param name="What"><see cref="AuditTables.Erased"/> and the like.</param>
/// <param name="Who">The author as told, else the holder of the key, or the connection that asked.</param>
/// <param name="KeyId">The key that it was done with; null where none was, as on the command line.</param>
/// <param name="Subject">The id or name of what it was done to, where that is no contact.</param>
/// <param name="Outcome"><c>done</c>, <c>refused</c> or <c>failed</c>; null where the line itself says that it was done, and <c>begun</c> when the hub died before the end.</param>
/// <param name="Status">Where an erasure stands, whether a request for a copy is open; null where nothing can be open.</param>
internal sealed record AuditEntry(long Key, DateTimeOffset At, string What, string Who, Guid? ContactId, string? Connection, long? Events, long? Deliveries, string? Status, string? KeyId, string? Subject, string? Outcome);

/// <summary>The statements over the audit.</summary>
internal static class AuditTables
{
    public const string Erased = "erased";
    public const string ConnectionErased = "connection_erased";
    public const string ExportRequested = "export_requested";
    public const string Exported = "exported";
    public const string Begun = "begun";

    extension(DbSession session)
    {
        /// <param name="eventId">The event that asked, so that its repetition leaves no second line.</param>
        public void Audit(DateTimeOffset at, string what, string who, Guid? contactId = null, long? erasureKey = null, Guid? eventId = null, string? keyId = null, string? subject = null) => session.Execute(
            "insert into audit (at, what, who, contact_id, erasure_key, event_id, key_id, subject) values ($at, $what, $who, $contact, $erasure, $event, $key, $subject) on conflict do nothing",
            ("$at", at.ToDb()), ("$what", what), ("$who", who), ("$contact", contactId?.ToDb()), ("$erasure", erasureKey), ("$event", eventId?.ToDb()), ("$key", keyId), ("$subject", subject));

        /// <summary>Notes something before it is done, so that nothing is done which no line tells of.</summary>
        /// <returns>The line, for <see cref="EndAudit"/>.</returns>
        public long BeginAudit(DateTimeOffset at, string what, string who, string? keyId, string? subject) => session.First(
            "insert into audit (at, what, who, key_id, subject, outcome) values ($at, $what, $who, $key, $subject, 'begun') returning audit_key",
            row => row.GetInt64(0), ("$at", at.ToDb()), ("$what", what), ("$who", who), ("$key", keyId), ("$subject", subject));

        public int EndAudit(long line, string what, string? subject, string outcome) => session.Execute(
            "update audit set what = $what, subject = $subject, outcome = $outcome where audit_key = $line",
            ("$what", what), ("$subject", subject), ("$outcome", outcome), ("$line", line));

        /// <summary>The audit, the newest first. Whom a request for a copy concerns is looked up: its event may have changed hands since, or be erased.</summary>
        /// <param name="before">Keys below this one; null for the newest.</param>
        public List<AuditEntry> AuditEntries(int limit, long? before) => session.Query(
            """
            select audit_key, at, what, who, coalesce(audit.contact_id, concerned.contact_id), erasure.connection, erasure.events, erasure.deliveries,
                case what
                    when 'export_requested' then case
                        when concerned.contact_id is null or exists (select 1 from audit later where later.what = 'exported' and later.contact_id = concerned.contact_id and later.audit_key > audit.audit_key)
                        then 'closed' else 'open' end
                    else case when erasure.until is null then null when finished_at is null then 'finishing' else 'erased' end
                end,
                key_id, subject, outcome
            from audit left join erasure using (erasure_key)
                left join event on event.event_id = audit.event_id left join node using (node_key) left join contact concerned on concerned.contact_key = node.contact_key
            where audit_key < $before order by audit_key desc limit $limit
            """, Read, ("$before", before ?? long.MaxValue), ("$limit", limit));
    }

    private static AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), row.Time(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.Id(4), row.Text(5),
        row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.Text(8), row.Text(9), row.Text(10), row.Text(11));
}
