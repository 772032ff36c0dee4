using IntegrationHub.Bench.Throughput;
using Npgsql;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Keeps what <see cref="PlainRecord"/> keeps, on a server of PostgreSQL.</summary>
internal sealed class PostgresRecord : IKeeper
{
    // While one waits for its commit, the other gathers.
    private const int Connections = 2;

    private const string Schema =
        """
        create table body (body_key bigint generated always as identity primary key, body bytea not null);
        create table person (
            person_key bigint generated always as identity primary key, email text not null unique, customer_id bigint, first_name text, last_name text, phone text, changed_at bigint not null);
        create table purchase (
            order_id bigint primary key, person_key bigint not null references person, number text, total text, currency text, status text, placed_at bigint not null);
        create index purchase_person on purchase (person_key);
        """;

    private const string InsertBody = "insert into body (body) values ($1)";

    private const string UpsertPerson =
        """
        insert into person (email, customer_id, first_name, last_name, phone, changed_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (email) do update set customer_id = coalesce(excluded.customer_id, person.customer_id), first_name = coalesce(excluded.first_name, person.first_name),
            last_name = coalesce(excluded.last_name, person.last_name), phone = coalesce(excluded.phone, person.phone), changed_at = excluded.changed_at
        """;

    private const string UpsertBoth =
        $"""
        with told as ({UpsertPerson} returning person_key)
        insert into purchase (order_id, person_key, number, total, currency, status, placed_at) select $7, person_key, $8, $9, $10, $11, $6 from told
        on conflict (order_id) do update set person_key = excluded.person_key, number = excluded.number, total = excluded.total, currency = excluded.currency, status = excluded.status
        """;

    private readonly Payload payload;
    private readonly NpgsqlDataSource source;
    private readonly List<NpgsqlConnection> connections;
    private readonly GroupCommit<(byte[] Body, PlainFacts Facts)> deliveries;

    private PostgresRecord(Payload payload, NpgsqlDataSource source, List<NpgsqlConnection> connections)
    {
        (this.payload, this.source, this.connections) = (payload, source, connections);
        deliveries = new GroupCommit<(byte[] Body, PlainFacts Facts)>(connections.Select<NpgsqlConnection, Func<IReadOnlyList<(byte[] Body, PlainFacts Facts)>, Task>>(connection => told => KeepAsync(connection, told)));
    }

    public static async Task<PostgresRecord> OpenAsync(BaselinePlan plan)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(plan.Database) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });
        List<NpgsqlConnection> connections = [];
        for (var i = 0; i < Connections; i++) connections.Add(await source.OpenConnectionAsync());
        await ExecuteAsync(connections[0], Schema);
        foreach (var known in plan.Known().Chunk(1_000)) await ExecuteAsync(connections[0], known.Select(Command));
        await ExecuteAsync(connections[0], "vacuum (analyze)");
        return new PostgresRecord(plan.Payload, source, connections);
    }

    public Task KeepAsync(byte[] body) => deliveries.StoreAsync((body, PlainFacts.Read(payload, body)));

    public async ValueTask DisposeAsync()
    {
        await deliveries.DisposeAsync();
        foreach (var connection in connections) await connection.DisposeAsync();
        await source.DisposeAsync();
    }

    // In the order of the addresses, so that no two connections wait for each other's people.
    private static Task KeepAsync(NpgsqlConnection connection, IReadOnlyList<(byte[] Body, PlainFacts Facts)> told) =>
        ExecuteAsync(connection, [.. told.Select(delivery => Command(delivery.Body)), .. told.Select(delivery => delivery.Facts).OrderBy(facts => facts.Email, StringComparer.Ordinal).Select(Command)]);

    // One round trip and one transaction.
    private static async Task ExecuteAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        await using var batch = connection.CreateBatch();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand Command(byte[] body) => new(InsertBody) { Parameters = { new NpgsqlParameter<byte[]> { TypedValue = body } } };

    private static NpgsqlBatchCommand Command(PlainFacts told)
    {
        var command = new NpgsqlBatchCommand(told.Order is null ? UpsertPerson : UpsertBoth);
        Add(told.Email);
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = told.CustomerId });
        Add(told.FirstName);
        Add(told.LastName);
        Add(told.Phone);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = told.At.ToUnixTimeMilliseconds() });
        if (told.Order is not { } order) return command;
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order.Id });
        Add(order.Name);
        Add(order.TotalPrice);
        Add(order.Currency);
        Add(order.FinancialStatus);
        return command;

        void Add(string? text) => command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = text });
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
