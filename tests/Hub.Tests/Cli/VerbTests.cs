using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Cli;

/// <summary>The command line as an admin meets it: real processes, exit codes, and what they print.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-verb-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Demo_ends_well_and_shows_the_merged_contact()
    {
        var (exitCode, output, error) = await HubProcess.RunDemoAsync(directory);
        Assert.True(exitCode == 0, output + error);
        Assert.DoesNotContain("NO ", output, StringComparison.Ordinal);
        Assert.Contains("5 people became 5 contacts", output, StringComparison.Ordinal);
        Assert.Contains("refused the forged one (401)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_yes_to_a_sound_file()
    {
        Write(TestHub.FiveTools());
        var (exitCode, output, _) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal((0, $"{File("connectors.json")} is valid: 5 connections, 5 enabled.\n"), (exitCode, output));
        Assert.True(System.IO.File.Exists(File("data/connectors.schema.json")));
    }

    [Fact]
    public async Task Validate_lists_all_errors_with_their_lines()
    {
        Write("""
            {
              "connections": {
                "shop": { "connector": "shopfy", "settings": {} },
                "forms": { "connector": "typeform", "settings": { "webhokSecret": "x" } }
              }
            }
            """);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal(1, exitCode);
        Assert.Contains("connectors.json:3: connections.shop.connector: ", error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"shopify\"?", error, StringComparison.Ordinal);
        Assert.Contains("connectors.json:4: connections.forms.settings.webhokSecret: ", error, StringComparison.Ordinal);
        Assert.Contains("connections.forms.settings.webhookSecret: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enabled_connection_without_a_secret_does_not_start()
    {
        Write("{\n\"connections\": {\n\"forms\": { \"connector\": \"typeform\", \"settings\": { \"webhookSecret\": \"${NO_SUCH_SECRET}\" } } } }");
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "serve");
        Assert.Equal(1, exitCode);
        Assert.Contains("connectors.json:3: connections.forms.settings.webhookSecret: ", error, StringComparison.Ordinal);
        Assert.Contains("NO_SUCH_SECRET is not set", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shopfy", "There is no folder for 'shopfy' in src/Connectors; did you mean \"Shopify\"?")]
    [InlineData("../Shopify", "There is no folder for '../Shopify' in src/Connectors")]
    public async Task Suite_is_run_for_no_connector_that_is_not_there(string name, string problem)
    {
        var (exitCode, _, error) = await HubProcess.RunAsync(TestHub.RepositoryRoot, "connectors", "test", name);
        Assert.Equal(1, exitCode);
        Assert.StartsWith(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suite_is_not_looked_for_outside_of_the_sources()
    {
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "connectors", "test", "shopify");
        Assert.Equal((1, "There is no tests/Connectors.Tests here or above: the suite is a part of the sources. Run this in a checkout of them.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Port_that_is_taken_is_one_clear_line()
    {
        Write("{}");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "serve", $"--Hub:Urls=http://127.0.0.1:{port}");
        Assert.Equal((1, $"Failed to bind to address http://127.0.0.1:{port}: address already in use. Stop what listens there, or set Hub:Urls to another address.\n"), (exitCode, error));
    }

    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [Fact]
    public async Task Data_directory_of_a_running_hub_is_not_shared()
    {
        Write("{}");
        await using var first = await HubProcess.ServeAsync(directory);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "serve", "--Hub:Urls=http://127.0.0.1:0");
        Assert.Equal((1, $"Another hub already uses the data directory {File("data")}. Stop it, or set Hub:DataDirectory to another folder.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Data_directory_that_can_not_be_made_is_one_clear_line()
    {
        Write("{}");
        await System.IO.File.WriteAllTextAsync(File("data"), "a file, not a folder");
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "serve");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"The data directory {File("data")} can't be created: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Hub_stops_on_sigterm_without_losing_what_it_holds()
    {
        Write(TestHub.FiveTools());
        await using var hub = await HubProcess.ServeAsync(directory);
        Assert.Equal(0, await hub.StopAsync());
    }

    [Theory]
    [InlineData("serv", "'serv'")]
    [InlineData("simulate", "connector")]
    [InlineData("validate --Hub:DataDirectroy=x", "did you mean \"DataDirectory\"?")]
    [InlineData("simulate all --count 0", "--count must be at least 1.")]
    [InlineData("simulate shopfy", "did you mean \"shopify\"?")]
    [InlineData("simulate all", "has no enabled connection")]
    [InlineData("replay 1", "There is no API key")]
    [InlineData("rebuild --details -1", "--details must be 0 or more.")]
    [InlineData("rebuild --from nowhere", "nowhere")]
    public async Task Mistake_is_explained(string arguments, string explanation)
    {
        Write("{}");
        var (exitCode, output, error) = await HubProcess.RunAsync(directory, arguments.Split(' '));
        Assert.NotEqual(0, exitCode);
        Assert.Contains(explanation, output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [InlineData("export")]
    [InlineData("verify")]
    public async Task Verb_that_reads_says_where_no_database_is(string verb)
    {
        Write("{}");
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, verb);
        Assert.Equal(1, exitCode);
        Assert.Equal($"There is no database at {File("data/hub.db")}. Start the hub once, or set Hub:DataDirectory.\n", error);
    }

    [Fact]
    public async Task Simulate_replay_and_export_work_beside_a_running_hub()
    {
        Write(TestHub.FiveTools());
        await using var hub = await HubProcess.ServeAsync(directory);
        var address = $"--Hub:Urls={hub.Http.BaseAddress}";
        var (exitCode, output, error) = await HubProcess.RunAsync(directory, "simulate", "all", "--count", "100", "--people", "20", "--seed", "3", "--twice", "--shuffle", "--rate", "400", address);
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("accepted 100, duplicate 100, refused 0, failed 0", output, StringComparison.Ordinal);
        Assert.Contains("latency ms: p50 ", output, StringComparison.Ordinal);
        await hub.SettleAsync();
        var merged = await hub.Http.GetFromJsonAsync<JsonElement>("/api/deliveries?status=done&limit=2");
        var ids = merged.GetProperty("items").EnumerateArray().Select(delivery => $"{delivery.GetProperty("id")}").ToArray();
        var (replayed, _, progress) = await HubProcess.RunAsync(directory, "replay", ids[0], ids[1], address, $"--Hub:AdminKey={TestHub.Key}");
        Assert.Equal((0, "2 replayed\n"), (replayed, progress));
        await hub.SettleAsync();
        var (exported, lines, _) = await HubProcess.RunAsync(directory, "export", "--canonical");
        Assert.Equal(0, exported);
        Assert.Equal(20, lines.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Dotnet_run_looks_for_the_files_where_one_stands()
    {
        Write("{}");
        var build = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "-c", build, "--project", Path.Combine(TestHub.RepositoryRoot, "src", "Hub"), "--", "validate"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = directory,
        };
        using var process = Process.Start(start)!;
        Assert.Equal($"{File("connectors.json")} is valid: 0 connections, 0 enabled.\n", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task Connectors_lists_the_five_tools()
    {
        var (exitCode, output, _) = await HubProcess.RunAsync(directory, "connectors");
        Assert.Equal(0, exitCode);
        Assert.All(["activecampaign", "calendly", "shopify", "stripe", "typeform"], key => Assert.Contains(key, output, StringComparison.Ordinal));
    }

    private string File(string name) => Path.Combine(directory, name);

    private void Write(string connectors) => System.IO.File.WriteAllText(File("connectors.json"), connectors);
}
