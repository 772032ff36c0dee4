using IntegrationHub.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>Values come back from SQLite as they went in, whatever their size, and what can't be done is said.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
public sealed class SqliteSessionTests : IDisposable
{
    private readonly SqliteSession session;

    public SqliteSessionTests()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        session = new SqliteSession(connection);
        session.Execute("create table kept (kept_key integer primary key, number integer, text text, bytes blob) strict");
    }

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("Zoë 𝄞")]
    [InlineData("it's; -- $number")]
    public void Text_comes_back(string text) => Assert.Equal(text, Kept("text", text));

    [Theory]
    [InlineData(169)]
    [InlineData(170)]
    [InlineData(171)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void Text_of_any_length_comes_back(int length)
    {
        var text = new string('ß', length);
        Assert.Equal(text, Kept("text", text));
    }

    [Fact]
    public void Text_that_no_engine_can_hold_is_stored_as_everywhere() => Assert.Equal("a\uFFFDb\uFFFD", Kept("text", "a\0b\uD800"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public void Bytes_come_back(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        Assert.Equal(bytes, Kept("bytes", bytes));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void Number_comes_back(long number) => Assert.Equal(number, Kept("number", number));

    [Fact]
    public void Null_is_null_and_no_number_and_no_text()
    {
        Keep("number", null);
        Assert.True(session.First("select number from kept", row => row.IsDBNull(0)));
        Assert.Throws<InvalidCastException>(() => session.First("select number from kept", row => row.GetInt64(0)));
        Assert.Throws<InvalidCastException>(() => session.First("select text from kept", row => row.GetString(0)));
    }

    [Fact]
    public void Keys_and_counts_are_those_of_the_statement()
    {
        Assert.Equal(1, session.Insert("kept_key", "insert into kept (number) values ($number)", ("$number", 5)));
        Assert.Equal([2, 3], session.QueryEach("insert into kept (kept_key) values ($key) on conflict do nothing returning kept_key", row => row.GetInt64(0), [1L, 2L, 3L, 2L], key => [("$key", key)]));
        Assert.Equal(3, session.Execute("update kept set text = $text", ("$text", "a")));
        Assert.Equal(0, session.Execute("update kept set text = $text where kept_key = 4", ("$text", "b")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1_000)]
    public void Lists_of_any_length_are_looked_up(int length)
    {
        for (var i = 1; i <= 10; i++) Keep("number", (long)i);
        long[] numbers = [.. Enumerable.Range(1, length).Select(i => 2L * i)];
        var expected = numbers.Where(number => number <= 10);
        Assert.Equal(expected, session.Query("select number from kept where number in $numbers and kept_key > $after order by number", row => row.GetInt64(0), ("$numbers", numbers), ("$after", 0)));
        Assert.Equal(expected.Count(), session.Execute("delete from kept where number in $numbers", ("$numbers", numbers)));
    }

    [Fact]
    public void Statement_that_failed_can_be_run_again()
    {
        const string Insert = "insert into kept (kept_key) values ($key)";
        session.Execute(Insert, ("$key", 1));
        Assert.Throws<SqliteException>(() => session.Execute(Insert, ("$key", 1)));
        Assert.Equal(1, session.Execute(Insert, ("$key", 2)));
    }

    [Fact]
    public void Query_that_was_left_early_or_by_an_error_holds_up_no_commit()
    {
        session.Execute("begin");
        for (var i = 1; i <= 3; i++) Keep("number", (long)i);
        Assert.Equal(1, session.First("select number from kept order by number", row => row.GetInt64(0)));
        Assert.Throws<InvalidOperationException>(() => session.ForEach("select number from kept order by number", _ => throw new InvalidOperationException()));
        session.Execute("commit");
        Assert.Equal([1, 2, 3], session.Query("select number from kept order by number", row => row.GetInt64(0)));
    }

    [Fact]
    public void Parameter_that_nobody_gave_is_an_error_that_names_the_statement() =>
        Assert.Contains("select $number", Assert.Throws<ArgumentException>(() => session.First("select $number", row => row.GetInt64(0), ("$nubmer", 1L))).Message, StringComparison.Ordinal);

    [Fact]
    public void Second_statement_is_an_error_and_not_left_out() =>
        Assert.Contains("One statement at a time", Assert.Throws<ArgumentException>(() => session.Execute("delete from kept; delete from kept")).Message, StringComparison.Ordinal);

    [Fact]
    public void Value_that_no_column_holds_is_an_error_that_names_its_type() =>
        Assert.Contains("DateTimeOffset", Assert.Throws<ArgumentException>(() => Keep("number", DateTimeOffset.UnixEpoch)).Message, StringComparison.Ordinal);

    private object? Kept(string column, object value)
    {
        Keep(column, value);
        return session.First($"select {column} from kept", row => row.GetValue(0));
    }

    private void Keep(string column, object? value) => session.Execute($"insert into kept ({column}) values ($value)", ("$value", value));
}
