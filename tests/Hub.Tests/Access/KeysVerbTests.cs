using System.Net;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class KeysVerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-keys-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Keys_are_made_listed_and_revoked_beside_a_running_hub()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), "{}");
        var (early, _, reason) = await HubProcess.RunAsync(directory, "keys", "create", "--name", "mia", "--role", "viewer");
        if (!TestDatabase.IsPostgres) Assert.Equal((1, $"There is no database at {Path.Combine(directory, "data", "hub.db")}. Start the hub once, or set Hub:DataDirectory.\n"), (early, reason));
        await using var hub = await HubProcess.ServeAsync(directory);
        var (made, output, error) = await HubProcess.RunAsync(directory, "keys", "create", "--name", "mia", "--role", "operator");
        Assert.True(made == 0, error);
        var (key, id) = (output.Trim(), output.Split('_')[1]);
        Assert.Equal($"Key {id} of mia, operator. It is not shown again: the hub keeps only its hash.\n", error);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await StatusAsync(hub, key, "/api/deliveries"), await StatusAsync(hub, key, "/api/keys")));
        var (_, list, _) = await HubProcess.RunAsync(directory, "keys", "list");
        Assert.Contains($"cli:{Environment.UserName}", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[^64..], list, StringComparison.Ordinal);
        var (revoked, told, _) = await HubProcess.RunAsync(directory, "keys", "revoke", id);
        Assert.Equal((0, $"Key {id} of mia is revoked.\n"), (revoked, told));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(hub, key, "/api/deliveries"));
        var (again, _, why) = await HubProcess.RunAsync(directory, "keys", "revoke", id);
        Assert.Equal((1, "There is no such key, or it is revoked already. 'keys list' shows the ids.\n"), (again, why));
    }

    private static async Task<HttpStatusCode> StatusAsync(HubProcess hub, string key, string path)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        message.Headers.Authorization = new("Bearer", key);
        using var answer = await hub.Http.SendAsync(message);
        return answer.StatusCode;
    }
}
