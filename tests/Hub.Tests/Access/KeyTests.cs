using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using IntegrationHub.Hub.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class KeyTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Key_is_shown_once_and_kept_as_a_hash()
    {
        var made = await hub.MakeKeyAsync("Zoë's laptop".Replace("'", "", StringComparison.Ordinal), "viewer");
        var key = made.GetProperty("key").GetString()!;
        Assert.Matches("^hub_[0-9a-f]{12}_[0-9a-f]{64}$", key);
        using var client = hub.ClientWith(key);
        using var answer = await client.GetAsync("/api/contacts");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var listed = await hub.GetAsync("/api/keys");
        Assert.Equal((made.GetProperty("id").GetString(), "Zoës laptop", "viewer", "admin.key"), Fields(listed.GetProperty("items")[0]));
        var secret = key[^64..];
        Assert.DoesNotContain(secret, listed.GetRawText(), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(hub.DataDirectory, "hub.db*"))
            Assert.True((await ReadAsync(file)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) < 0, $"The secret stands in {Path.GetFileName(file)}.");
        Assert.All(TestDatabase.Contents(hub.DataDirectory), table => Assert.True(table.Content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) < 0, $"The secret stands in {table.Table}."));
    }

    [Fact]
    public async Task Key_with_any_other_letter_is_nobodys()
    {
        var key = (await hub.MakeKeyAsync("mia", "admin")).GetProperty("key").GetString()!;
        var keys = hub.App.Services.GetRequiredService<ApiKeys>();
        Assert.NotNull(keys.Find(key));
        for (var i = 0; i < key.Length; i++)
        {
            foreach (var letter in "0aZ_ ")
            {
                if (key[i] != letter) Assert.Null(keys.Find(key[..i] + letter + key[(i + 1)..]));
            }
        }
        Assert.All(["", "hub_", key[..^1], key + "0", key.ToUpperInvariant(), key + " "], wrong => Assert.Null(keys.Find(wrong)));
    }

    [Fact]
    public async Task Secret_of_one_key_does_not_open_another()
    {
        var (one, other) = ((await hub.MakeKeyAsync("one", "viewer")).GetProperty("key").GetString()!, (await hub.MakeKeyAsync("other", "admin")).GetProperty("key").GetString()!);
        Assert.Null(hub.App.Services.GetRequiredService<ApiKeys>().Find(other[..^64] + one[^64..]));
    }

    [Fact]
    public async Task Revoked_key_is_good_for_no_more_call_and_stays_in_the_list()
    {
        var made = await hub.MakeKeyAsync("mia", "admin");
        using var client = hub.ClientWith(made.GetProperty("key").GetString());
        using var revoked = await hub.Http.DeleteAsync($"/api/keys/{made.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var answer = await client.GetAsync("/api/contacts");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var listed = (await hub.GetAsync("/api/keys")).GetProperty("items")[0];
        Assert.Equal("admin.key", listed.GetProperty("revokedBy").GetString());
        using var again = await hub.Http.DeleteAsync($"/api/keys/{made.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Last_use_is_noted_once_a_minute()
    {
        var time = new ManualTime();
        var keys = new ApiKeys(hub.Database, hub.App.Services.GetRequiredService<AdminKey>(), time, NullLogger<ApiKeys>.Instance);
        var key = await keys.CreateAsync("mia", Role.Viewer, "test", CancellationToken.None);
        Assert.Null(keys.All().Single().UsedAt);
        var first = time.GetUtcNow();
        keys.Find(key.Text);
        await Eventually.HoldsAsync(() => keys.All().Single().UsedAt == first, "the use is noted");
        time.Advance(TimeSpan.FromSeconds(59));
        keys.Find(key.Text);
        time.Advance(TimeSpan.FromSeconds(1));
        keys.Find(key.Text);
        await Eventually.HoldsAsync(() => keys.All().Single().UsedAt == first + TimeSpan.FromMinutes(1), "the use is noted again, a minute later and not before");
    }

    [Theory]
    [InlineData("{\"name\":\"\",\"role\":\"viewer\"}", "name must be 1 to 60 letters, digits, spaces, dots, dashes, underscores and @: it stands in the audit.")]
    [InlineData("{\"name\":\"<b>\",\"role\":\"viewer\"}", "name must be 1 to 60 letters, digits, spaces, dots, dashes, underscores and @: it stands in the audit.")]
    [InlineData("{\"name\":\"mia\",\"role\":\"root\"}", "role must be viewer, operator or admin.")]
    [InlineData("{\"name\":\"mia\"}", "role must be viewer, operator or admin.")]
    public async Task Wish_that_makes_no_key_is_explained(string body, string detail)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await hub.Http.PostAsync("/api/keys", content);
        Assert.Equal((HttpStatusCode.BadRequest, detail), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Who_guesses_has_to_wait_and_a_made_key_works_meanwhile()
    {
        var time = new ManualTime();
        await using var guarded = await TestHub.StartAsync("{}", customize: builder => builder.Services.Replace(ServiceDescriptor.Singleton(provider =>
            new AccessGate(provider.GetRequiredService<ApiKeys>(), time, NullLogger<AccessGate>.Instance))));
        using var mia = guarded.ClientWith((await guarded.MakeKeyAsync("mia", "viewer")).GetProperty("key").GetString());
        using var guesser = guarded.ClientWith("guess");
        for (var i = 0; i < 30; i++) Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guesser));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(guesser));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(guarded.Http));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mia));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(guarded.Http));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(guesser));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(guesser));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/contacts");
        return answer.StatusCode;
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static (string?, string?, string?, string?) Fields(JsonElement key) =>
        (key.GetProperty("id").GetString(), key.GetProperty("name").GetString(), key.GetProperty("role").GetString(), key.GetProperty("createdBy").GetString());
}
