using System.Text;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Cli;

public sealed class ConnectorsExplainVerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-explain-").FullName;

    public ConnectorsExplainVerbTests() => File.WriteAllText(Path.Combine(directory, "connectors.json"), TestHub.FiveTools());

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [Fact]
    public async Task Request_is_shown_from_its_proof_to_the_record_and_nothing_is_stored()
    {
        var (exitCode, output, error) = await ExplainAsync("shopify", Sample("shopify", "orders-create", "body.json"), Sample("shopify", "orders-create", "headers.txt"));
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("yes: HMAC-SHA-256 of the body, base64, header X-Shopify-Hmac-Sha256", output, StringComparison.Ordinal);
        Assert.Contains("OrderPlaced {", output, StringComparison.Ordinal);
        Assert.Contains("(there is no database yet)", output, StringComparison.Ordinal);
        Assert.Contains("a new contact", output, StringComparison.Ordinal);
        Assert.Contains("firstName: Zoë", output, StringComparison.Ordinal);
        Assert.Equal(["connectors.json"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_a_running_hub_knows_counts_and_stays_as_it_is()
    {
        await using var hub = await TestHub.StartAsync(directory: Directory.CreateDirectory(Path.Combine(directory, "data")).FullName);
        var sample = VendorSample.Load("shopify", "customers-create");
        using (await hub.PostAsync("shopify", sample.Body, sample.Headers)) await hub.SettleAsync();
        var before = hub.CanonicalExport();
        var again = await ExplainAsync("shopify", Sample("shopify", "customers-create", "body.json"), Sample("shopify", "customers-create", "headers.txt"));
        Assert.Contains("as it is: all of this was told before", again.Output, StringComparison.Ordinal);
        var order = await ExplainAsync("shopify", Sample("shopify", "orders-create", "body.json"), Sample("shopify", "orders-create", "headers.txt"));
        var contact = (await hub.GetAsync("/api/contacts")).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Contains($"contact {contact}", order.Output, StringComparison.Ordinal);
        Assert.Contains("\"8800501\"", order.Output, StringComparison.Ordinal);
        Assert.Equal(before, hub.CanonicalExport());
        Assert.Single((await hub.GetAsync("/api/deliveries")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Request_without_a_good_proof_is_named_so_and_still_read()
    {
        var (exitCode, output, _) = await ExplainAsync("shopify", Sample("shopify", "orders-create", "body.json"), Sample("shopify", "customers-create", "headers.txt"));
        Assert.Equal(1, exitCode);
        Assert.Contains("NO: the signature does not match", output, StringComparison.Ordinal);
        Assert.Contains("── Told", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "Content-Type: application/json", "NOTHING, it goes to quarantine: ")]
    [InlineData("{}", "a line without a meaning", "headers.txt, line 1: is neither \"Name: value\", nor \"@ time\", nor \"POST /path\".")]
    [InlineData("{}", "@ tomorrow", "headers.txt, line 1: is not a time, for example @ 2026-11-20T15:04:06Z.")]
    public async Task What_is_wrong_is_said(string body, string headers, string expected)
    {
        var (exitCode, output, error) = await ExplainAsync("typeform", Write("body.json", body), Write("headers.txt", headers));
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_connection_and_missing_file_are_said()
    {
        var unknown = await ExplainAsync("shopfy", "body.json", "headers.txt");
        Assert.Contains("has no enabled connection 'shopfy', nor one of a connector 'shopfy'; did you mean \"shopify\"?", unknown.Error, StringComparison.Ordinal);
        var missing = await ExplainAsync("shopify", Path.Combine(directory, "absent.json"), "headers.txt");
        Assert.Contains("absent.json can't be read: ", missing.Error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(directory, name);
        File.WriteAllText(file, text, Encoding.UTF8);
        return file;
    }

    private Task<(int ExitCode, string Output, string Error)> ExplainAsync(string name, string body, string headers) =>
        HubProcess.RunAsync(directory, "connectors", "explain", name, "--body", body, "--headers", headers);

    private static string Sample(string tool, string name, string file) => Path.Combine(TestHub.VendorFolder(tool), "Samples", name, file);
}
