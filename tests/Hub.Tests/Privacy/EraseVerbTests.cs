using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IntegrationHub.Hub.Tests.Privacy;

public sealed class EraseVerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-erase-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Erase_asks_first_and_works_through_the_running_hub()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), TestHub.FiveTools());
        await using var hub = await HubProcess.ServeAsync(directory);
        string[] address = [$"--Hub:Urls={hub.Http.BaseAddress}", $"--Hub:AdminKey={TestHub.Key}"];
        await HubProcess.RunAsync(directory, ["simulate", "all", "--count", "20", "--people", "4", .. address]);
        await hub.SettleAsync();
        var contact = (await hub.Http.GetFromJsonAsync<JsonElement>("/api/contacts")).GetProperty("items")[0];
        var email = contact.GetProperty("identifiers").EnumerateArray().First(identifier => identifier.GetProperty("kind").GetString() == "email").GetProperty("value").GetString();

        var (unknown, _, reason) = await HubProcess.RunAsync(directory, ["erase", "email:nobody@shop.example", "--yes", .. address]);
        Assert.Equal((1, "There is no contact with this identifier.\n"), (unknown, reason));
        var (erased, output, error) = await HubProcess.RunAsync(directory, ["erase", $"email:{email}", "--yes", "--author", "mia", .. address]);
        Assert.True(erased == 0, error);
        Assert.Equal($"Contact {contact.GetProperty("id").GetString()}: {contact.GetProperty("events").GetInt32()} events and 5 deliveries erased.\n", output);
        using var gone = await hub.Http.GetAsync($"/api/contacts/{contact.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal("mia", (await hub.Http.GetFromJsonAsync<JsonElement>("/api/audit")).GetProperty("items")[0].GetProperty("who").GetString());
        var (replayed, _, told) = await HubProcess.RunAsync(directory, ["replay", "--status", "done", .. address]);
        Assert.Equal(0, replayed);
        Assert.Contains(" passed over: their bodies were erased together with a person in them", told, StringComparison.Ordinal);
    }
}
