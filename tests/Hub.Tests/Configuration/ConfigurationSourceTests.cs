using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class ConfigurationSourceTests : IDisposable
{
    private const string Good = """{"connections": {"crm": {"connector": "testcrm"}, "shop": {"connector": "testshop", "settings": {"webhookSecret": "one"}}}}""";
    private const string Other = """{"connections": {"crm2": {"connector": "testcrm"}, "shop": {"connector": "testshop", "settings": {"webhookSecret": "two"}}}}""";
    private const string Bad = """{"connections": {"crm": {"connector": "testcr"}, "Shop": {"connector": "testcrm"}}}""";

    private readonly TemporaryFolder folder = new();
    private readonly LogLines<ConfigurationSource> log = new();
    private readonly List<ConfigurationChange> changes = [];

    private string ConnectorsFile => folder.File("connectors.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void First_load_is_logged()
    {
        Source(Good);
        Assert.Equal([$"Information 1000 Loaded {ConnectorsFile}: 2 connections, 2 of them enabled"], log.All);
    }

    [Fact]
    public void First_load_without_connections_says_so()
    {
        Source("{}");
        Assert.Equal([$"Information 1000 Loaded {ConnectorsFile}: 0 connections, 0 of them enabled", $"Information 1001 No connection is configured in {ConnectorsFile}: no webhook is accepted"], log.All);
    }

    [Fact]
    public void First_load_of_a_bad_file_is_fatal_and_lists_every_error()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Source(Bad));
        Assert.Equal("""
            connectors.json:1: connections.crm.connector: is not a connector; did you mean "testcrm"?
            connectors.json:1: connections.Shop: is not a name for a connection; take lower-case letters, digits and underscores, a letter first, for example shop_eu
            """, exception.Message);
        Assert.Equal(2, exception.Errors.Count);
    }

    [Fact]
    public void Change_is_taken_over_and_named_without_secrets()
    {
        var source = Source(Good);
        folder.Write("connectors.json", Other);
        source.Poll();
        Assert.Equal(["crm2", "shop"], source.Current.Connections.Keys.Order());
        Assert.Equal($"Information 1002 Reloaded {ConnectorsFile}. Connections added: crm2; removed: crm; changed: shop", log.All[^1]);
        var change = Assert.Single(changes);
        Assert.Same(source.Current, change.Current);
        Assert.Equal(["crm", "shop"], change.Previous.Connections.Keys.Order());
        Assert.Equal(["crm2"], change.Added);
        Assert.Equal(["crm"], change.Removed);
        Assert.Equal(["shop"], change.Changed);
    }

    [Fact]
    public void Comment_or_order_of_connections_changes_no_connection()
    {
        var source = Source(Good);
        folder.Write("connectors.json", """{"connections": {"shop": {"enabled": true, "settings": {"webhookSecret": "one"}, "connector": "testshop"}, /* moved */ "crm": {"connector": "testcrm", "settings": {}}}}""");
        source.Poll();
        Assert.Equal($"Information 1002 Reloaded {ConnectorsFile}. Connections added: none; removed: none; changed: none", log.All[^1]);
    }

    [Fact]
    public void Unchanged_or_rewritten_file_changes_nothing()
    {
        var source = Source(Good);
        var before = source.Current;
        source.Poll();
        folder.Write("connectors.json", Good);
        source.Poll();
        Assert.Same(before, source.Current);
        Assert.Single(log.All);
    }

    [Fact]
    public void Change_of_equal_length_and_write_time_is_noticed()
    {
        var source = Source(Good);
        var time = File.GetLastWriteTimeUtc(ConnectorsFile);
        folder.Write("connectors.json", Good.Replace("one", "two", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(ConnectorsFile, time);
        source.Poll();
        Assert.Equal(["shop"], Assert.Single(changes).Changed);
    }

    [Fact]
    public void Bad_file_keeps_the_last_good_configuration_says_so_once_and_recovers()
    {
        var source = Source(Good);
        var before = source.Current;
        folder.Write("connectors.json", Bad);
        for (var poll = 0; poll < 5; poll++) source.Poll();
        Assert.Same(before, source.Current);
        Assert.Equal(["connections.crm.connector", "connections.Shop"], source.LastErrors.Select(error => error.Path));
        Assert.Equal(2, log.All.Count);
        Assert.Equal($"""
            Warning 1003 {ConnectorsFile} has changed but can't be used; the hub goes on with the last good configuration:
            connectors.json:1: connections.crm.connector: is not a connector; did you mean "testcrm"?
            connectors.json:1: connections.Shop: is not a name for a connection; take lower-case letters, digits and underscores, a letter first, for example shop_eu
            """, log.All[1]);
        folder.Write("connectors.json", Other);
        source.Poll();
        Assert.Equal(["crm2", "shop"], source.Current.Connections.Keys.Order());
        Assert.Empty(source.LastErrors);
    }

    [Fact]
    public void Return_to_the_good_file_clears_the_errors()
    {
        var source = Source(Good);
        File.Delete(ConnectorsFile);
        source.Poll();
        source.Poll();
        Assert.StartsWith("connectors.json: does not exist: ", Assert.Single(source.LastErrors).ToString());
        folder.Write("connectors.json", Good);
        source.Poll();
        Assert.Empty(source.LastErrors);
        Assert.Equal($"Information 1002 Reloaded {ConnectorsFile}. Connections added: none; removed: none; changed: none", log.All[^1]);
    }

    [Fact]
    public void File_that_is_bad_only_while_it_is_being_saved_is_no_error()
    {
        var source = Source(Good);
        folder.Write("connectors.json", Other[..20]);
        source.Poll();
        folder.Write("connectors.json", Good);
        source.Poll();
        folder.Write("connectors.json", Other[..20]);
        source.Poll();
        folder.Write("connectors.json", Other);
        source.Poll();
        Assert.Equal(["Information 1000", "Information 1002"], log.All.Select(line => line[..16]));
    }

    [Fact]
    public void Link_turned_to_another_file_is_noticed()
    {
        Directory.CreateDirectory(folder.File("v1"));
        Directory.CreateDirectory(folder.File("v2"));
        folder.Write("v1/connectors.json", Good);
        folder.Write("v2/connectors.json", Other);
        Directory.CreateSymbolicLink(folder.File("data"), folder.File("v1"));
        File.CreateSymbolicLink(ConnectorsFile, folder.File("data/connectors.json"));
        var source = new ConfigurationSource(Loading.Loader(), ConnectorsFile, log);
        Directory.Delete(folder.File("data"));
        Directory.CreateSymbolicLink(folder.File("data"), folder.File("v2"));
        source.Poll();
        Assert.Equal(["crm2", "shop"], source.Current.Connections.Keys.Order());
    }

    [Fact]
    public async Task File_is_looked_at_each_second_and_a_failing_listener_does_not_end_it()
    {
        var time = new ManualTime();
        var source = Source(Good);
        var taken = new TaskCompletionSource<ConfigurationChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        source.Changed += (_, change) =>
        {
            if (change.Added.Contains("crm2")) throw new InvalidOperationException("A listener failed.");
            taken.SetResult(change);
        };
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var reload = new ConfigurationReload(source, time, new SignalOnLog(failed));
        await reload.StartAsync(CancellationToken.None);
        folder.Write("connectors.json", Other);
        time.Advance(ConfigurationReload.Interval);
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        folder.Write("connectors.json", "{}");
        time.Advance(ConfigurationReload.Interval);
        Assert.Equal(["crm2", "shop"], (await taken.Task.WaitAsync(TimeSpan.FromSeconds(30))).Removed);
        await reload.StopAsync(CancellationToken.None);
    }

    private ConfigurationSource Source(string text)
    {
        var source = new ConfigurationSource(Loading.Loader(), folder.Write("connectors.json", text), log);
        source.Changed += (_, change) => changes.Add(change);
        return source;
    }

    private sealed class SignalOnLog(TaskCompletionSource signal) : Microsoft.Extensions.Logging.ILogger<ConfigurationReload>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => signal.TrySetResult();
    }
}
