using IntegrationHub.Connectors;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Vendors;
using IntegrationHub.VendorStub;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>Tokens on disk: sealed, there before they are used, and there after a crash.</summary>
public sealed class TokenKeepingTests : IAsyncLifetime
{
    private static readonly (string, object) ByConsent = ("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize", refreshToken = "first-refresh-token" });

    private readonly string folder = Directory.CreateTempSubdirectory("hub-test-").FullName;
    private readonly ManualTime time = new();
    private VendorServer vendor = null!;
    private LumenTokens tokens = null!;
    private Action<bool> breakDisk = _ => { };

    public async Task InitializeAsync()
    {
        vendor = await VendorServer.StartAsync();
        tokens = LumenTokens.Given(vendor, "first-refresh-token");
    }

    public async Task DisposeAsync()
    {
        await vendor.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Tokens_survive_a_restart()
    {
        await using (var before = await StartAsync(ByConsent)) await before.Api().ReadAsync("customer", "7", default);
        await using var after = await StartAsync(ByConsent);
        await after.Api().ReadAsync("customer", "7", default);
        Assert.Single(tokens.Calls);
        time.Advance(TimeSpan.FromHours(1));
        await after.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public async Task No_token_stands_in_any_file()
    {
        await using (var lumen = await StartAsync(ByConsent))
        {
            await lumen.Api().ReadAsync("customer", "7", default);
            var state = Consent.Parameter(await Consent.BeginAsync(lumen), "state");
            using (await Consent.ComeBackAsync(lumen, $"code=the-secret-code&state={state}")) await lumen.Api().ReadAsync("customer", "7", default);
            tokens.Secrets.AddRange([state, "the-secret-code", tokens.Calls[^1].Form["code_verifier"]]);
            time.Advance(TimeSpan.FromHours(1));
            await lumen.Api().ReadAsync("customer", "7", default);
            Assert.Equal(3, tokens.Calls.Count);
            AssertNoSecretIn(folder);
        }
        AssertNoSecretIn(folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, TokenSeal.FileName)));
    }

    [Fact]
    public async Task Power_that_fails_between_the_answer_and_the_disk_is_told_when_the_old_token_is_refused()
    {
        await using (var before = await StartAsync(ByConsent))
        {
            await before.Api().ReadAsync("customer", "7", default);
            time.Advance(TimeSpan.FromHours(1));
            BreakWithTheAnswer();
            await Assert.ThrowsAsync<StorageException>(() => before.Api().ReadAsync("customer", "8", default));
            Assert.Equal((2, 0), (tokens.Calls.Count, before.Calls("/customers/8")));
        }
        Mend();
        await using var after = await StartAsync(ByConsent);
        var delivery = await after.HintAsync("lumen", "customer/7");
        await after.UntilAsync(() => after.ConnectionAsync().GetAwaiter().GetResult().Status == "needs attention", "it is noticed");
        Assert.Equal(tokens.Calls[1].Form["refresh_token"], tokens.Calls[2].Form["refresh_token"]);
        Assert.Equal("an earlier renewal of the token broke off in the middle, and the vendor does not accept the refresh token of before; authorize again: POST /api/connections/lumen/authorize", (await after.ConnectionAsync()).Problem);
        await Consent.GiveAsync(after);
        await after.UntilAsync(delivery, "done");
    }

    [Fact]
    public async Task Disk_that_works_again_takes_the_answer_that_it_could_not_and_the_vendor_is_not_asked_twice()
    {
        await using var lumen = await StartAsync(ByConsent);
        await lumen.Api().ReadAsync("customer", "7", default);
        time.Advance(TimeSpan.FromHours(1));
        BreakWithTheAnswer();
        for (var call = 0; call < 3; call++) await Assert.ThrowsAsync<StorageException>(() => lumen.Api().ReadAsync("customer", "8", default));
        Assert.Equal((2, 0), (tokens.Calls.Count, lumen.Calls("/customers/8")));
        Mend();
        await lumen.Api().ReadAsync("customer", "8", default);
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public async Task Vendor_that_takes_the_old_token_after_a_crash_is_none_the_wiser()
    {
        await using (var before = await StartAsync(ByConsent))
        {
            await before.Api().ReadAsync("customer", "7", default);
            time.Advance(TimeSpan.FromHours(1));
            vendor.Given(Request.Create().WithPath("/oauth/token")).RespondWith(Response.Create().WithFault(Fault.ConnectionDropped));
            await Assert.ThrowsAsync<VendorException>(() => before.Api().ReadAsync("customer", "8", default));
        }
        vendor.Given(Request.Create().WithPath("/oauth/token")).RespondWith(Response.Create().WithBodyAsJson(new { access_token = "graceful", refresh_token = "next", expires_in = 3600 }));
        tokens.Accepted.Add("graceful");
        await using var after = await StartAsync(ByConsent);
        await after.Api().ReadAsync("customer", "8", default);
        Assert.Equal(0, after.Hub.Database.Read(session => session.First("select count(*) from oauth_token where renewing_since is not null", row => row.GetInt32(0))));
    }

    // Where several processes share the database, a hub with another key is not started.
    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [Theory]
    [InlineData(null, "{0} is missing, and the stored tokens can't be read without it")]
    [InlineData("not a key", "{0} can't be read as a key (FormatException)")]
    [InlineData("00ff", "{0} holds no key of 32 bytes")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "{0} is not the key that the stored tokens were sealed with")]
    public async Task Key_that_is_missing_or_wrong_needs_attention_and_one_that_is_put_back_is_taken_at_once(string? content, string problem)
    {
        var file = Path.Combine(folder, TokenSeal.FileName);
        await using (var before = await StartAsync(ByConsent)) await before.Api().ReadAsync("customer", "7", default);
        var key = await File.ReadAllTextAsync(file);
        File.Delete(file);
        if (content is not null) await File.WriteAllTextAsync(file, content);
        await using var lumen = await StartAsync(ByConsent);
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.ConnectionAsync().GetAwaiter().GetResult().Status == "needs attention", "it is noticed");
        Assert.Equal($"{string.Format(problem, file)}; restore token.key from the backup of the data directory, or authorize again: POST /api/connections/lumen/authorize", (await lumen.ConnectionAsync()).Problem);
        Assert.Single(tokens.Calls);
        await File.WriteAllTextAsync(file, key);
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is Hub.Inbox.DeliveryStatus.Done, "it is done", TimeSpan.FromSeconds(5));
        Assert.Single(tokens.Calls);
    }

    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [Fact]
    public async Task Client_that_needs_nobodys_consent_gets_over_a_lost_key_by_itself()
    {
        var byClient = ("lumen", (object)new { clientSecret = "client-secret" });
        await using (var before = await StartAsync(byClient)) await before.Api().ReadAsync("customer", "7", default);
        File.Delete(Path.Combine(folder, TokenSeal.FileName));
        await using var after = await StartAsync(byClient);
        await after.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public void What_is_sealed_opens_under_its_own_name_alone_and_unchanged()
    {
        using var directory = DataDirectory.Hold(folder);
        var seal = new TokenSeal(directory);
        var text = "the same text"u8.ToArray();
        var closed = seal.Close("token one", text);
        Assert.NotEqual(closed, seal.Close("token one", text));
        Assert.Equal(text, new TokenSeal(directory).Open("token one", closed));
        Assert.Throws<TokenSealException>(() => seal.Open("token two", closed));
        for (var position = 0; position < closed.Length; position++)
        {
            var changed = (byte[])closed.Clone();
            changed[position] ^= 1;
            Assert.Throws<TokenSealException>(() => seal.Open("token one", changed));
            Assert.Throws<TokenSealException>(() => seal.Open("token one", closed.AsSpan(0, position)));
        }
    }

    private Task<LumenHub> StartAsync((string, object) connection) => LumenHub.StartAsync(vendor, time, folder, Break, ownsVendor: false, connection);

    private void Break(WebApplicationBuilder builder) => builder.Services.AddSingleton<IDatabase>(provider =>
    {
        var database = new BreakableDatabase(provider.GetRequiredService<HubDatabase>().Open());
        breakDisk = broken => database.IsBroken = broken;
        return database;
    });

    // The vendor has rotated the tokens, and from then on nothing gets to the disk.
    private void BreakWithTheAnswer() => vendor.Given(Request.Create().WithPath("/oauth/token")).InScenario("crash").RespondWith(Response.Create().WithCallback(_ =>
    {
        breakDisk(true);
        tokens.Revoke();
        tokens.Accepted.Add("lost-access");
        return Response.Create().WithBodyAsJson(new { access_token = "lost-access", refresh_token = "lost-refresh", expires_in = 3600 });
    }));

    private void Mend()
    {
        breakDisk(false);
        vendor.SetScenarioState("crash", "over");
    }

    private void AssertNoSecretIn(string directory)
    {
        foreach (var file in Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("hub.lock" or "connectors.json")))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var secret in tokens.Secrets) Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds {secret}.");
        }
    }
}
