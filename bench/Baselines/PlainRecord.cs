using IntegrationHub.Bench.Throughput;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Keeps the body as it came, a person by the address and the order, where there is one, by its id: the least that anything must do that loses nothing and knows its customers.</summary>
internal sealed class PlainRecord : IKeeper
{
    private const string Schema =
        $"""
        {BodyLog.Schema};
        create table person (
            person_key integer primary key, email text not null unique, customer_id integer, first_name text, last_name text, phone text, changed_at integer not null) strict;
        create table purchase (
            order_id integer primary key, person_key integer not null references person, number text, total text, currency text, status text, placed_at integer not null) strict;
        create index purchase_person on purchase (person_key);
        """;

    private const string UpsertPerson =
        """
        insert into person (email, customer_id, first_name, last_name, phone, changed_at) values ($email, $customer, $first, $last, $phone, $at)
        on conflict (email) do update set customer_id = coalesce(excluded.customer_id, customer_id), first_name = coalesce(excluded.first_name, first_name),
            last_name = coalesce(excluded.last_name, last_name), phone = coalesce(excluded.phone, phone), changed_at = excluded.changed_at
        returning person_key
        """;

    private const string UpsertPurchase =
        """
        insert into purchase (order_id, person_key, number, total, currency, status, placed_at) values ($id, $person, $number, $total, $currency, $status, $at)
        on conflict (order_id) do update set person_key = excluded.person_key, number = excluded.number, total = excluded.total, currency = excluded.currency, status = excluded.status
        """;

    private readonly Payload payload;
    private readonly PlainDatabase database;
    private readonly SqliteCommand bodies;
    private readonly SqliteCommand person;
    private readonly SqliteCommand purchase;
    private readonly GroupCommit<(byte[] Body, PlainFacts Facts)> deliveries;

    public PlainRecord(BaselinePlan plan)
    {
        payload = plan.Payload;
        database = new PlainDatabase(plan.Database, Schema);
        bodies = database.Prepare(BodyLog.Insert, "$body");
        person = database.Prepare(UpsertPerson, "$email", "$customer", "$first", "$last", "$phone", "$at");
        purchase = database.Prepare(UpsertPurchase, "$id", "$person", "$number", "$total", "$currency", "$status", "$at");
        database.InTransaction(() =>
        {
            foreach (var known in plan.Known()) Key(known);
        });
        deliveries = database.CommitGroups<(byte[] Body, PlainFacts Facts)>(delivery => Keep(delivery.Body, delivery.Facts));
    }

    public Task KeepAsync(byte[] body) => deliveries.StoreAsync((body, PlainFacts.Read(payload, body)));

    public async ValueTask DisposeAsync()
    {
        await deliveries.DisposeAsync();
        await database.DisposeAsync();
    }

    private void Keep(byte[] body, PlainFacts told)
    {
        Set(bodies, body);
        bodies.ExecuteNonQuery();
        var key = Key(told);
        if (told.Order is not { } order) return;
        Set(purchase, order.Id, key, order.Name, order.TotalPrice, order.Currency, order.FinancialStatus, told.At.ToUnixTimeMilliseconds());
        purchase.ExecuteNonQuery();
    }

    private long Key(PlainFacts told)
    {
        Set(person, told.Email, told.CustomerId, told.FirstName, told.LastName, told.Phone, told.At.ToUnixTimeMilliseconds());
        return (long)(person.ExecuteScalar() ?? throw new InvalidOperationException("The person was not stored."));
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
