namespace IntegrationHub.Hub.Storage;

/// <summary>The tables, as steps from version to version, in the dialect of SQLite; <see cref="PostgresDialect"/> turns them into PostgreSQL's.</summary>
internal static class Schema
{
    /// <summary>The version that this hub works with.</summary>
    public static int Version => Steps.Count;

    /// <summary>What leads from each version to the next. A step is never changed once released; a new one is added at the end.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        create table inbox (
            delivery_id integer primary key autoincrement,
            connection text not null,
            delivery_key blob not null,
            received_at integer not null,
            status integer not null,
            attempts integer not null default 0,
            claimed_by integer,
            due_at integer not null default 0,
            topic text,
            reason text,
            origin integer not null default 0) strict;
        create unique index inbox_key on inbox (connection, delivery_key);
        create index inbox_open on inbox (delivery_id) where status = 0;
        create index inbox_claim on inbox (claimed_by, connection, delivery_id) where status = 0;
        create index inbox_rare on inbox (status, delivery_id) where status in (1, 3, 4);
        create index inbox_origin on inbox (connection, origin, delivery_id) where origin > 1;

        create table process (
            process_key integer primary key autoincrement,
            beat integer not null default 0) strict;

        create table inbox_body (
            delivery_id integer primary key references inbox,
            headers text not null,
            body blob not null,
            trace text) strict;

        create table hydration (
            connection text not null,
            object_type text not null,
            object_id text not null,
            hints integer not null,
            due_at integer not null,
            attempts integer not null default 0,
            fault integer,
            primary key (connection, object_type, object_id)) strict, without rowid;
        create index hydration_due on hydration (connection, due_at);

        create table hydration_hint (
            delivery_id integer not null,
            connection text not null,
            object_type text not null,
            object_id text not null,
            number integer not null,
            ended integer,
            reason text,
            primary key (delivery_id, object_type, object_id)) strict, without rowid;
        create index hydration_hint_object on hydration_hint (connection, object_type, object_id);

        create table connection_trouble (
            connection text primary key,
            fault integer not null,
            problem text not null,
            since integer not null,
            until integer not null) strict, without rowid;

        create table oauth_token (
            connection text primary key,
            client blob not null,
            sealed blob not null,
            renewed_at integer not null,
            expires_at integer,
            renewing_since integer) strict, without rowid;

        create table oauth_state (
            state_hash blob primary key,
            connection text not null,
            client blob not null,
            sealed blob not null,
            expires_at integer not null) strict, without rowid;

        create table history_connection (
            connection text primary key,
            first_seen integer not null) strict, without rowid;

        create table history_run (
            run_id integer primary key autoincrement,
            connection text not null,
            stream text not null,
            origin integer not null,
            since integer,
            until integer not null,
            cursor text,
            pages integer not null default 0,
            objects integer not null default 0,
            accepted integer not null default 0,
            total integer,
            first_delivery integer,
            last_delivery integer,
            attempts integer not null default 0,
            due_at integer not null,
            fault integer,
            problem text,
            started_at integer not null,
            finished_at integer) strict;
        create unique index history_run_open on history_run (connection, stream, origin) where finished_at is null;
        create index history_run_until on history_run (connection, stream, origin, until);

        create table history_cursor (
            run_id integer not null references history_run,
            hash blob not null,
            primary key (run_id, hash)) strict, without rowid;

        create table ingest_count (
            connection text not null,
            what text not null,
            reason text not null,
            count integer not null,
            primary key (connection, what, reason)) strict, without rowid;

        create table contact (
            contact_key integer primary key autoincrement,
            contact_id blob not null unique,
            version integer not null,
            merged_into integer references contact,
            born_of text not null,
            erased_at integer,
            search text,
            state blob) strict;
        create index contact_merged on contact (merged_into) where merged_into is not null;
        create index contact_born on contact (born_of) where merged_into is not null;

        create table node (
            node_key integer primary key autoincrement,
            name text not null unique,
            contact_key integer references contact,
            group_key integer,
            standing integer not null default 0) strict;
        create index node_contact on node (contact_key);
        create index node_group on node (group_key);

        create table contested_group (group_key integer primary key) strict;

        create table claimed_pair (
            group_key integer not null,
            one integer not null,
            other integer not null,
            said_at integer,
            event_id blob,
            primary key (group_key, one, other)) strict, without rowid;

        create table refused_tie (
            group_key integer not null,
            one text not null,
            other text not null,
            reason text not null,
            event_id blob not null,
            primary key (group_key, one, other)) strict, without rowid;

        create table shared_value (
            name text primary key,
            people integer not null,
            counted text not null) strict, without rowid;

        create table mention (
            name text not null,
            event_key integer not null,
            primary key (name, event_key)) strict, without rowid;

        create table decision (
            decision_id blob primary key,
            body text not null,
            author text not null,
            reason text,
            made_at integer not null,
            revoked_at integer) strict, without rowid;

        create table event (
            event_key integer primary key autoincrement,
            event_id blob not null unique,
            connection text not null,
            kind text not null,
            told_by integer not null,
            node_key integer references node,
            occurred_at integer not null,
            received_at integer not null,
            delivery_id integer not null,
            body blob not null) strict;
        create index event_node on event (node_key, occurred_at);
        create index event_told on event (connection, occurred_at, told_by);

        create table event_delivery (
            delivery_id integer not null,
            event_key integer not null,
            primary key (delivery_id, event_key)) strict, without rowid;
        create index event_delivery_event on event_delivery (event_key);

        create table entity (
            name text primary key,
            node_key integer not null references node,
            type text not null,
            state blob not null) strict, without rowid;
        create index entity_node on entity (node_key);

        create table erasure (
            erasure_key integer primary key autoincrement,
            until integer not null,
            connection text,
            terms text,
            searched_at integer,
            finished_at integer,
            events integer not null default 0,
            deliveries integer not null default 0) strict;
        create index erasure_open on erasure (erasure_key) where finished_at is null;
        create index erasure_connection on erasure (connection) where connection is not null;

        create table tombstone (
            hash blob not null,
            erasure_key integer not null references erasure,
            what integer not null,
            primary key (hash, erasure_key, what)) strict, without rowid;
        create index tombstone_erasure on tombstone (erasure_key);

        create table erased_fact (
            delivery_id integer not null,
            hash blob not null,
            dropped integer not null,
            primary key (delivery_id, hash)) strict, without rowid;

        create table audit (
            audit_key integer primary key autoincrement,
            at integer not null,
            what text not null,
            who text not null,
            contact_id blob,
            erasure_key integer references erasure,
            event_id blob unique,
            key_id text,
            subject text,
            outcome text) strict;
        create index audit_contact on audit (contact_id) where contact_id is not null;

        create table migration (
            source text primary key,
            completed_at integer) strict, without rowid;

        create table key_fingerprint (
            name text primary key,
            fingerprint blob not null) strict, without rowid;

        create table outbox (
            outbox_key integer primary key autoincrement,
            kind text not null,
            body blob not null) strict;

        create table api_key (
            key_id text primary key,
            secret_hash blob not null,
            name text not null,
            role text not null,
            created_at integer not null,
            created_by text not null,
            used_at integer,
            revoked_at integer,
            revoked_by text) strict, without rowid;

        create table nonce (
            connection text not null,
            hash blob not null,
            expires_at integer not null,
            primary key (connection, hash)) strict, without rowid;
        create index nonce_expires on nonce (expires_at);
        """,
    ];

    /// <summary>The names of the tables, each after those that it refers to.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        [.. Steps.SelectMany(step => step.Split("create table ").Skip(1)).Select(table => table[..table.IndexOf(' ', StringComparison.Ordinal)])];

    /// <exception cref="StorageException">The database is of another version.</exception>
    public static void RequireCurrent(int version, string database)
    {
        if (version < Version)
            throw new StorageException($"The database {database} is of an older hub (schema {version}, this hub needs {Version}). Start the hub once to bring it up to date.", new InvalidDataException());
        RequireKnown(version, database);
    }

    /// <exception cref="StorageException">The database is of a newer hub.</exception>
    public static void RequireKnown(int version, string database)
    {
        if (version > Version)
            throw new StorageException($"The database {database} is of a newer hub (schema {version}, this hub knows {Version}). Use the newer hub.", new InvalidDataException());
    }
}
