using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>Rows that are written together come to the same as one after the other, on both engines.</summary>
public sealed class RowTests : DatabaseTest
{
    [Fact]
    public async Task Rows_are_inserted_after_those_that_they_refer_to_in_whatever_order_the_tables_come_up()
    {
        var known = await WriteAsync(session => Contact(session, "known"));
        var names = await WriteAsync(session =>
        {
            // A node of somebody known comes before the first contact, and the last node refers to the last contact.
            Node(session, "n0", known);
            for (var i = 1; i <= 300; i++) Node(session, $"n{i}", Contact(session, $"c{i}"));
            return session.Query("select name from node join contact using (contact_key) order by node_key", row => row.GetString(0));
        });
        Assert.Equal(Enumerable.Range(0, 301).Select(i => $"n{i}"), names);
    }

    [Fact]
    public async Task Row_is_there_for_what_is_posted_after_it()
    {
        var left = await WriteAsync(session =>
        {
            var contact = Contact(session, "c");
            foreach (var name in new[] { "one", "two", "three" }) Node(session, name, contact);
            session.Post("delete from node where name = $name", ("$name", "two"));
            Node(session, "two", null);
            session.Post("update node set standing = 2 where name = $name", ("$name", "three"));
            return session.Query("select name, contact_key, standing from node order by name", row => (row.GetString(0), row.IsDBNull(1), row.GetInt32(2)));
        });
        Assert.Equal([("one", false, 0), ("three", false, 2), ("two", true, 0)], left);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5_000)]
    public async Task Each_row_is_updated_with_its_own_values(int count)
    {
        var keys = await WriteAsync(session => Enumerable.Range(0, count).Select(i => Contact(session, $"c{i}")).ToList());
        var rows = keys.Select((key, i) => (Key: key, Search: i % 3 == 0 ? null : $"'{i}' $key \0", State: i % 2 == 0 ? null : BitConverter.GetBytes(i))).ToList();
        await WriteAsync(session =>
        {
            session.PostEach("update contact set version = $key, search = $search, state = $state where contact_key = $key", rows, row => [("$key", row.Key), ("$search", row.Search), ("$state", row.State)]);
            return 0;
        });
        var stored = Database.Read(session => session.Query("select version, search, state from contact order by contact_key", row => (row.GetInt64(0), row.Text(1), row.IsDBNull(2) ? "" : Convert.ToHexString(row.Bytes(2)))));
        Assert.Equal(rows.Select(row => (row.Key, row.Search?.Replace('\0', '\uFFFD'), row.State is null ? "" : Convert.ToHexString(row.State))), stored);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public async Task Rows_that_are_there_already_are_told_apart_from_new_ones(int count)
    {
        const string sql = "insert into nonce (connection, hash, expires_at) values ($connection, $hash, $expires) on conflict (connection, hash) do update set expires_at = excluded.expires_at where nonce.expires_at <= $now returning hash";
        Assert.Equal(Range(0, count), await KeepAsync(0, count, now: 10));
        Assert.Empty(await KeepAsync(0, count, now: 10));
        Assert.Equal(Range(count, 1), await KeepAsync(count / 2, count - (count / 2) + 1, now: 10));
        Assert.Equal(Range(0, count + 1), await KeepAsync(0, count + 1, now: 20));

        async Task<List<int>> KeepAsync(int from, int number, long now) => [.. (await WriteAsync(session => session.QueryEach(sql, row => BitConverter.ToInt32(row.Bytes(0)), Range(from, number),
            i => [("$connection", "c"), ("$hash", BitConverter.GetBytes(i)), ("$expires", now + 10)], ("$now", now)))).Order()];
    }

    private static List<int> Range(int from, int count) => [.. Enumerable.Range(from, count)];

    private static long Contact(DbSession session, string bornOf) => session.Insert(
        "contact_key", "insert into contact (contact_id, version, born_of) values ($id, 0, $born)", ("$id", Guid.CreateVersion7().ToDb()), ("$born", bornOf));

    private static void Node(DbSession session, string name, long? contact) =>
        session.Insert("node_key", "insert into node (name, contact_key, group_key) values ($name, $contact, $contact)", ("$name", name), ("$contact", contact));

    private Task<T> WriteAsync<T>(Func<DbSession, T> work) => Database.WriteAsync(work, CancellationToken.None);
}
