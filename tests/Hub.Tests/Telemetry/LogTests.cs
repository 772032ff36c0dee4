using System.Net;
using System.Reflection;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Vendors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>What the log tells, and what it keeps to itself.</summary>
public sealed class LogTests
{
    [Fact]
    public void Exception_is_told_by_kind_place_and_own_words_alone()
    {
        var foreign = Thrown(new InvalidOperationException("zoe@example.com", Thrown(new VendorException(VendorFault.Unavailable, "the vendor is not available (503)"))));
        var told = new ToldException(foreign).ToString();
        Assert.DoesNotContain("zoe@example.com", told, StringComparison.Ordinal);
        Assert.StartsWith("System.InvalidOperationException\n", told, StringComparison.Ordinal);
        Assert.Contains("---> IntegrationHub.Connectors.VendorException: the vendor is not available (503)\n", told, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), told, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe@example.com", new ToldException(new AggregateException(foreign, foreign)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new ToldException(new HttpRequestException(HttpRequestError.ConnectionError, "https://api.example/?key=secret")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frameworks_do_not_tell_addresses_whatever_their_level()
    {
        var log = new CapturedLog();
        await using var hub = await TestHub.StartAsync(customize: log.Capture, settings: CapturedLog.Loudest);
        (await hub.Http.PostAsync("/webhooks/activecampaign/some-token?email=zoe@example.com", null)).Dispose();
        (await hub.Http.GetAsync("/api/contacts?email=zoe@example.com")).Dispose();
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain("some-token", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe@example.com", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_that_is_away_is_told_once_and_so_is_its_return_however_many_deliveries_find_out()
    {
        var (log, time) = (new CapturedLog(), new ManualTime());
        BreakableDatabase? breakable = null;
        await using var hub = await TestHub.StartAsync(customize: builder =>
        {
            log.Capture(builder);
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton<IDatabase>(provider => ActivatorUtilities.CreateInstance<MeasuredDatabase>(provider, breakable = new BreakableDatabase(provider.GetRequiredService<HubDatabase>().Open())));
        });
        var order = VendorSample.Load("shopify", "orders-create");
        breakable!.IsBroken = true;
        for (var number = 0; number < 40; number++)
        {
            using var posted = await hub.PostAsync("shopify", order.Body, order.Headers);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, posted.StatusCode);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        breakable.IsBroken = false;
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return log.Lines.Any(line => line.Contains("The database is back after", StringComparison.Ordinal));
        }, "the return is told");
        Assert.Single(log.Lines, line => line.Contains("The database is away", StringComparison.Ordinal));
        var others = log.Lines.Where(line => (line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal)) && !line.Contains("The database is", StringComparison.Ordinal)).ToList();
        Assert.True(others.Count <= 2, string.Join('\n', others));
    }

    [Fact]
    public void Outage_is_told_after_its_grace_and_ends_after_its_calm()
    {
        var (time, lines) = (new ManualTime(), new LogLines<LogTests>());
        var outage = new Outage("The bus", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5), time, lines);
        outage.Work();
        outage.Fail();
        outage.Work();
        Assert.Empty(lines.All);
        time.Advance(TimeSpan.FromSeconds(4));
        outage.Fail();
        outage.Fail();
        outage.Work();
        Assert.Single(lines.All);
        time.Advance(TimeSpan.FromSeconds(5));
        outage.Work();
        outage.Work();
        Assert.Equal(["Error 9000 The bus is away; what comes in meanwhile is told in the metrics and not line by line", "Information 9001 The bus is back after 4 s"], lines.All);
    }

    [Fact]
    public async Task Log_as_JSON_is_one_object_a_line()
    {
        var folder = Directory.CreateTempSubdirectory("hub-log-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "connectors.json"), TestHub.FiveTools());
        var line = await HubProcess.LineOfServeAsync(folder, line => line.Contains("\"EventId\":1000,", StringComparison.Ordinal), "--Hub:LogFormat=json");
        var loaded = JsonDocument.Parse(Assert.IsType<string>(line)).RootElement;
        Assert.Equal(("Information", "5"), (loaded.GetProperty("LogLevel").GetString(), loaded.GetProperty("State").GetProperty("Enabled").ToString()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void No_two_log_messages_have_the_same_number()
    {
        var numbers = typeof(Signals).Assembly.GetTypes().Where(type => type.Name == "Log")
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public)).Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Message is not null).ToList();
        Assert.True(numbers.Count > 30);
        Assert.Empty(numbers.GroupBy(found => found.Message!.EventId).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }
}
